import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { launchBrowser } from '../tools/browser.mjs';
import { Controller } from './lib/Controller.mjs';
import { LayeredCall } from './lib/LayeredCall.mjs';
import { LAYER_MODES } from './lib/layerModes.mjs';
import { quantile, randomLayers } from './lib/layerWalks.mjs';
import { PeerPage } from './lib/PeerPage.mjs';

const SWITCHES = 50;
/** How much farther apart sound and picture may be than without switches. */
const TOLERANCE_MS = 20;
/** What is judged beside the median: with one of three sizes at another time, a third of the samples would show it; the last few show the machine. */
const PART = 0.75;
const SAMPLING_MS = 100;
const MODES = LAYER_MODES.filter(({ name }) => ['VP8 simulcast', 'VP9 L3T3_KEY'].includes(name));

/** @type {Controller} */ let controller;
/** @type {PeerPage} */ let page;
/** @type {import('../tools/browser.mjs').Browser} */ let browser;

before(async () => {
  controller = await Controller.start({ workers: 2 });
  [page, browser] = await Promise.all([PeerPage.serve(), launchBrowser()]);
});
after(async () => {
  await browser?.close();
  page?.close();
  await controller?.close();
});

for (const mode of MODES) {
  test(`${mode.name}: sound and picture stay together over ${SWITCHES} switches`, async (context) => {
    const viewers = [{ name: 'near' }, { name: 'piped', piped: true }, { name: 'control' }];
    const call = await LayeredCall.open({ browser, page, controller, mode, viewers, sound: true });
    context.after(() => call.close());

    // The browser brings the two together within some seconds, and at first reports from the sender are missing.
    await Promise.all(call.viewers.map((viewer) => viewer.isInSync()));
    let goesOn = true;
    const switching = Promise.all(
      call.viewers.slice(0, 2).map(async (viewer, index) => {
        for (const layers of randomLayers(mode, SWITCHES, 3 + index)) {
          await viewer.prefer(layers);
          await viewer.sees(mode.widths[layers.spatialLayer], 3);
        }
      }),
    ).finally(() => (goesOn = false));
    const apart = await Promise.all(
      call.viewers.map(async (viewer) => {
        /** @type {number[]} */ const differences = [];
        while (goesOn) {
          differences.push(...(await viewer.apart()));
          await delay(SAMPLING_MS);
        }
        return differences;
      }),
    );
    await switching;

    const [near, piped, control] = apart.map((differences) => {
      const sizes = differences.map(Math.abs);
      return { samples: sizes.length, median: quantile(sizes, 0.5), most: quantile(sizes, PART) };
    });
    context.diagnostic(JSON.stringify({ near, piped, control }));
    for (const viewer of [near, piped]) {
      assert.ok(viewer.samples >= SWITCHES, `only ${viewer.samples} samples`);
      assert.ok(viewer.median <= control.median + TOLERANCE_MS, `median ${viewer.median} ms, control ${control.median} ms`);
      assert.ok(viewer.most <= control.most + TOLERANCE_MS, `${PART} of all within ${viewer.most} ms, control ${control.most} ms`);
    }
    assert.deepEqual(controller.errors, []);
  });
}
