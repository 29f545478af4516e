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
/** Chromium leaves sound and picture alone while they are no farther apart than this: which of it a call gets is chance, the control's too. */
const UNTOUCHED_MS = 30;
const SAMPLING_MS = 100;
// The picture's instant is that of the last one played. At lower rates that is older, and tells nothing of the switching: so the rate stays.
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
        for (const layers of randomLayers(mode, SWITCHES, 3 + index, { fullRate: true })) {
          await viewer.prefer(layers);
          await viewer.sees(mode.widths[layers.spatialLayer], 3);
        }
      }),
    ).finally(() => (goesOn = false));
    const apart = await Promise.all(
      call.viewers.map(async (viewer) => {
        /** @type {Awaited<ReturnType<typeof viewer.apart>>} */ const differences = [];
        while (goesOn) {
          differences.push(...(await viewer.apart()));
          await delay(SAMPLING_MS);
        }
        return differences;
      }),
    );
    await switching;

    // A size that is sent at a wrong time would show in its own pictures alone.
    const [near, piped, control] = apart.map((samples) => mode.widths.map((width) => medianAt(width, samples)));
    context.diagnostic(JSON.stringify({ near, piped, control }));
    const limit = Math.max(Number(control.at(-1)), UNTOUCHED_MS) + TOLERANCE_MS;
    for (const median of [...near, ...piped]) {
      assert.ok(median <= limit, `${median} ms, where ${limit} is the most`);
    }
    assert.deepEqual(controller.errors, []);
  });
}

/**
 * @param {number} width
 * @param {{ milliseconds: number, width: number }[]} samples
 * @returns the median distance in the pictures of one size; NaN without one
 */
function medianAt(width, samples) {
  const sizes = samples.filter((sample) => sample.width === width).map(({ milliseconds }) => Math.abs(milliseconds));
  return sizes.length > 0 ? quantile(sizes, 0.5) : NaN;
}
