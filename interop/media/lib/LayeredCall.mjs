import { BrowserPeer } from './BrowserPeer.mjs';
import { CODEC } from './codecs.mjs';
import { LossyLink } from './LossyLink.mjs';
import { Viewer } from './Viewer.mjs';

/**
 * @typedef {object} LayeredCallSettings
 * @property {import('../../tools/browser.mjs').Browser} browser
 * @property {import('./PeerPage.mjs').PeerPage} page
 * @property {import('./Controller.mjs').Controller} controller with two workers, if somebody watches through a pipe
 * @property {import('./layerModes.mjs').LayerMode} mode
 * @property {{ name: string, piped?: boolean }[]} viewers
 * @property {boolean} [sound] whether they hear the sender as well
 * @property {number} [loss] the part of packets lost on the way up, and of those on each way down
 * @property {number} [seed]
 */

/** A browser that sends layered video, and others that watch it, some through a pipe to a second worker. */
export class LayeredCall {
  /** @type {(() => unknown)[]} */ #closers = [];
  /** @type {Viewer[]} */ viewers = [];
  /** @type {BrowserPeer[]} */ #peers = [];

  /** Resolves when everybody sees the largest picture. @param {LayeredCallSettings} settings */
  static async open(settings) {
    const call = new LayeredCall(settings);
    try {
      await call.#send();
      for (const viewer of settings.viewers) {
        call.viewers.push(await call.#watch(viewer));
      }
      // Browsers start small, and dare to send the larger sizes later.
      await Promise.all(call.viewers.map((viewer) => viewer.sees(/** @type {number} */ (settings.mode.widths.at(-1)), 30)));
      return call;
    } catch (error) {
      await call.close();
      throw error;
    }
  }

  /** @param {LayeredCallSettings} settings */
  constructor(settings) {
    this.settings = settings;
  }

  /** What broke in the pages. */
  get errors() {
    return this.#peers.flatMap(({ errors }) => errors);
  }

  async close() {
    for (const close of this.#closers.reverse()) {
      await close();
    }
  }

  async #send() {
    const { browser, page, controller, mode, sound } = this.settings;
    this.router = await this.#newRouter(controller.workers[0]);
    this.sender = await this.#open(browser, page, this.router, mode.camera);
    this.up = await this.sender.connect('send', this.#link(true));
    this.video = await this.sender.produce(this.up, 'video', {
      encodings: mode.encodings,
      codecOptions: { videoGoogleStartBitrate: 3000 },
    });
    this.audio = sound ? await this.sender.produce(this.up, 'audio') : undefined;
  }

  /** @param {{ name: string, piped?: boolean }} viewer */
  async #watch({ name, piped = false }) {
    const { browser, page } = this.settings;
    const router = piped ? await this.#pipedRouter() : /** @type {import('mediasoup').types.Router} */ (this.router);
    const peer = await this.#open(browser, page, router);
    const transport = await peer.connect('recv', this.#link(false));
    const audio = this.audio && (await peer.consume(transport, this.audio.id));
    const video = await peer.consume(transport, /** @type {import('mediasoup').types.Producer} */ (this.video).id);
    return new Viewer(name, peer, transport, video, audio);
  }

  /** A router in the second worker to which everything is piped. */
  async #pipedRouter() {
    if (!this.secondRouter) {
      this.secondRouter = await this.#newRouter(this.settings.controller.workers[1]);
      for (const producer of [this.video, this.audio]) {
        if (producer) {
          await this.router?.pipeToRouter({ producerId: producer.id, router: this.secondRouter });
        }
      }
    }
    return this.secondRouter;
  }

  /** @param {import('mediasoup').types.Worker} worker */
  async #newRouter(worker) {
    const router = await this.settings.controller.router(worker, [CODEC.opus, this.settings.mode.codec]);
    this.#closers.push(() => router.close());
    return router;
  }

  /** @param {Parameters<typeof BrowserPeer.open>} args */
  async #open(...args) {
    const peer = await BrowserPeer.open(...args);
    this.#closers.push(() => peer.close());
    this.#peers.push(peer);
    return peer;
  }

  /** @param {boolean} mediaGoesUp */
  #link(mediaGoesUp) {
    const { loss = 0, seed = 1 } = this.settings;
    if (loss === 0) {
      return {};
    }
    const link = new LossyLink({ mediaGoesUp, seed: seed * 97 + this.#closers.length });
    link.open = true;
    link.loss = loss;
    this.#closers.push(() => link.close());
    return { candidates: (/** @type {import('mediasoup').types.WebRtcTransport} */ transport) => link.candidates(transport) };
  }
}
