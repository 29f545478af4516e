/** How long anything that should happen at once may take. A busy machine is no failure. */
const PATIENCE_MS = 60_000;

/** Waits by the clock: a page that is not in front draws no animation frames to wait by. */
const WAITING = { timeout: PATIENCE_MS, polling: 100 };

const SNAPSHOT_EVERY_MS = 200;

/**
 * @typedef {Record<'audio' | 'video', any>} StatsByKind
 * @typedef {{ sent: StatsByKind, received: StatsByKind }} Snapshot one statistics object per direction and kind
 */

/** Somebody in a call: a browser page that is driven as a user would. */
export class Participant {
  /**
   * @param {import('../tools/browser.mjs').Browser} browser
   * @param {string} url
   * @param {string} name
   */
  static async join(browser, url, name) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    const participant = new Participant(page, name);
    page.on('pageerror', (error) => participant.errors.push(String(error)));
    // Drawing is done in software here, and should not take the processor from what is measured.
    await page.setViewport({ width: 480, height: 360 });
    await page.goto(url, { timeout: PATIENCE_MS });
    await page.type('#name', name);
    await page.click('#join-form button');
    return participant;
  }

  /** What broke in the page. @type {string[]} */
  errors = [];

  /**
   * @param {import('../tools/browser.mjs').Page} page
   * @param {string} name
   */
  constructor(page, name) {
    this.page = page;
    this.name = name;
  }

  /** Resolves when pictures of the other have been decoded, and sound has come. */
  async seesAndHears() {
    try {
      await this.page.waitForFunction(async () => {
        // @ts-expect-error A global of the page.
        const { consumers } = window.roomCall?.session ?? { consumers: new Map() };
        const flowing = new Set();
        for (const { consumer } of consumers.values()) {
          for (const stats of (await consumer.getStats()).values()) {
            if (stats.type === 'inbound-rtp' && (stats.framesDecoded > 0 || stats.totalAudioEnergy > 0)) {
              flowing.add(consumer.kind);
            }
          }
        }
        return flowing.size === 2;
      }, WAITING);
    } catch (error) {
      throw new Error(`${this.name} does not see and hear the other; the page shows: ${await this.text()}`, { cause: error });
    }
  }

  /** Something to tell the present connection to the room from a later one by. */
  session() {
    // @ts-expect-error A global of the page.
    return this.page.evaluateHandle(() => window.roomCall.session);
  }

  /**
   * Resolves when the page is in the call again, over another connection than before.
   *
   * @param {Awaited<ReturnType<Participant['session']>>} before
   */
  async comesBack(before) {
    // @ts-expect-error A global of the page.
    await this.page.waitForFunction((old) => (window.roomCall.session ?? old) !== old, WAITING, before);
    await this.seesAndHears();
  }

  /** Everything that can be read on the page, in one line. */
  async text() {
    return (await this.page.evaluate(() => document.body.innerText)).replaceAll('\n', ' | ');
  }

  /**
   * The browser's statistics of what this participant sends and receives, read again and again for a while.
   *
   * @param {number} seconds
   * @returns {Promise<Snapshot[]>}
   */
  record(seconds) {
    return this.page.evaluate(
      async (durationMs, intervalMs) => {
        // @ts-expect-error A global of the page.
        const { producers, consumers } = window.roomCall.session;
        /** @param {any} source @param {string} type */
        const read = async (source, type) =>
          [...(await source.getStats()).values()].find((stats) => stats.type === type);
        const snapshots = [];
        for (const end = performance.now() + durationMs; performance.now() < end; ) {
          /** @type {any} */ const snapshot = { sent: {}, received: {} };
          for (const [kind, producer] of producers) {
            snapshot.sent[kind] = await read(producer, 'outbound-rtp');
          }
          for (const { consumer } of consumers.values()) {
            snapshot.received[consumer.kind] = await read(consumer, 'inbound-rtp');
          }
          snapshots.push(snapshot);
          await new Promise((resolve) => setTimeout(resolve, intervalMs));
        }
        return snapshots;
      },
      seconds * 1000,
      SNAPSHOT_EVERY_MS,
    );
  }

  /** The codec that the video from the other participant comes in. @returns {Promise<string>} */
  videoCodec() {
    return this.page.evaluate(async () => {
      // @ts-expect-error A global of the page.
      const video = [...window.roomCall.session.consumers.values()].find(({ consumer }) => consumer.kind === 'video');
      const stats = await video.consumer.getStats();
      const stream = [...stats.values()].find(({ type }) => type === 'inbound-rtp');
      return stats.get(stream.codecId).mimeType;
    });
  }

  /**
   * The worker's statistics of the video that it sends here.
   *
   * @returns {Promise<any>}
   */
  workerVideoStats() {
    return this.page.evaluate(async () => {
      // @ts-expect-error A global of the page.
      const call = window.roomCall;
      const video = [...call.session.consumers.values()].find(({ consumer }) => consumer.kind === 'video');
      const stats = await call.request('getConsumerStats', { consumerId: video.consumer.id });
      return stats.find((/** @type {any} */ item) => item.type === 'outbound-rtp');
    });
  }

  /** @param {'microphone' | 'camera' | 'leave'} button */
  async click(button) {
    await this.page.click(`#${button}`);
  }

  /** Waits until something on the page matches a CSS selector. @param {string} selector */
  async shows(selector) {
    await this.page.waitForFunction((wanted) => document.querySelector(wanted) !== null, WAITING, selector);
  }
}
