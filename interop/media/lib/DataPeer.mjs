import { createWebRtc } from './Controller.mjs';

/**
 * @typedef {import('mediasoup').types.Router} Router
 * @typedef {import('mediasoup').types.WebRtcTransport} WebRtcTransport
 * @typedef {import('mediasoup').types.DataProducer} DataProducer
 * @typedef {import('mediasoup').types.DataConsumer} DataConsumer
 */

/**
 * @typedef {object} Received
 * @property {number[]} numbers of the messages that came intact, in their order
 * @property {number} damaged messages that are not what was sent
 * @property {string[]} texts
 * @property {number} empty binary messages without bytes
 * @property {boolean} closed whether the browser lost the channel
 */

/** A browser page with mediasoup-client that sends and receives messages, and the worker's transports that it is connected to. */
export class DataPeer {
  /** What broke in the page. @type {string[]} */ errors = [];
  /** @type {Map<string, WebRtcTransport>} */ #transports = new Map();
  /** @type {Map<string, DataProducer>} */ #producers = new Map();

  /**
   * @param {import('../../tools/browser.mjs').Browser} browser
   * @param {import('./PeerPage.mjs').PeerPage} dataPage
   * @param {Router} router
   */
  static async open(browser, dataPage, router) {
    const page = await browser.newPage();
    const peer = new DataPeer(page, router);
    page.on('pageerror', (error) => peer.errors.push(String(error)));
    await page.exposeFunction('controller', (/** @type {string} */ method, /** @type {string} */ id, /** @type {any} */ data) =>
      peer.#asked(method, id, data),
    );
    await page.goto(dataPage.url);
    await peer.#call('load', router.rtpCapabilities);
    return peer;
  }

  /**
   * @param {import('../../tools/browser.mjs').Page} page
   * @param {Router} router
   */
  constructor(page, router) {
    this.page = page;
    this.router = router;
  }

  /** @param {'send' | 'recv'} direction */
  async connect(direction) {
    const transport = await createWebRtc(this.router, { enableSctp: true });
    this.#transports.set(transport.id, transport);
    const { id, iceParameters, iceCandidates, dtlsParameters, sctpParameters } = transport;
    await this.#call('createTransport', direction, { id, iceParameters, iceCandidates, dtlsParameters, sctpParameters });
    return transport;
  }

  /**
   * @param {WebRtcTransport} transport
   * @param {object} options of mediasoup-client's produceData()
   */
  async produceData(transport, options) {
    const id = await this.#call('produceData', transport.id, options);
    return /** @type {DataProducer} */ (this.#producers.get(id));
  }

  /**
   * @param {WebRtcTransport} transport
   * @param {string} dataProducerId
   */
  async consumeData(transport, dataProducerId) {
    const consumer = await transport.consumeData({ dataProducerId });
    const { id, sctpStreamParameters, label, protocol } = consumer;
    await this.#call('consumeData', transport.id, { id, dataProducerId, sctpStreamParameters, label, protocol });
    return consumer;
  }

  /**
   * Resolves when the browser has taken them all.
   *
   * @param {DataProducer} producer
   * @param {number} first number of the first message
   * @param {number[]} lengths in bytes, at least 8
   */
  sendNumbered(producer, first, lengths) {
    return this.#call('sendNumbered', producer.id, first, lengths);
  }

  /** @param {DataProducer} producer @param {string} text */
  sendText(producer, text) {
    return this.#call('sendText', producer.id, text);
  }

  /** @param {DataProducer} producer */
  sendEmpty(producer) {
    return this.#call('sendEmpty', producer.id);
  }

  /** @param {DataConsumer} consumer @returns {Promise<Received>} */
  received(consumer) {
    return this.#call('got', consumer.id);
  }

  /** How many numbered messages came. @param {DataConsumer} consumer @returns {Promise<number>} */
  count(consumer) {
    return this.#call('count', consumer.id);
  }

  close() {
    for (const transport of this.#transports.values()) {
      transport.close();
    }
    return this.page.close();
  }

  /**
   * The page asks the controller.
   *
   * @param {string} method
   * @param {string} id
   * @param {any} data
   */
  async #asked(method, id, data) {
    const transport = /** @type {WebRtcTransport} */ (this.#transports.get(id));
    if (method === 'connect') {
      await transport.connect({ dtlsParameters: data });
    } else if (method === 'produceData') {
      const producer = await transport.produceData(data);
      this.#producers.set(producer.id, producer);
      return producer.id;
    }
  }

  /**
   * Calls a method of the page's DataPeer.
   *
   * @param {string} method
   * @param {...any} args
   * @returns {Promise<any>}
   */
  #call(method, ...args) {
    // @ts-expect-error A global of the page.
    return this.page.evaluate((name, given) => window.peer[name](...given), method, args);
  }
}
