import { createWebRtc } from '../../media/lib/Controller.mjs';

/**
 * @typedef {import('mediasoup').types.Router} Router
 * @typedef {import('mediasoup').types.WebRtcTransport} WebRtcTransport
 * @typedef {import('mediasoup').types.DataProducer} DataProducer
 * @typedef {import('./modes.mjs').Mode} Mode
 * @typedef {import('./messages.mjs').MessageRow} MessageRow
 */

/** A browser page with mediasoup-client, and the worker's transports that its data channels are on. */
export class DataPage {
  /** What broke in the page. @type {string[]} */ errors = [];
  /** @type {Map<string, WebRtcTransport>} */ #transports = new Map();
  /** @type {Map<string, DataProducer>} */ #producers = new Map();

  /**
   * @param {import('../../tools/browser.mjs').Browser} browser
   * @param {import('../../media/lib/PeerPage.mjs').PeerPage} peerPage
   * @param {Router} router
   */
  static async open(browser, peerPage, router) {
    const page = await browser.newPage();
    const peer = new DataPage(page);
    page.on('pageerror', (error) => peer.errors.push(String(error)));
    await page.exposeFunction('controller', (/** @type {string} */ method, /** @type {string} */ id, /** @type {any} */ data) =>
      peer.#asked(method, id, data),
    );
    await page.goto(peerPage.url);
    await peer.#call('load', router.rtpCapabilities);
    return peer;
  }

  /** @param {import('../../tools/browser.mjs').Page} page */
  constructor(page) {
    this.page = page;
  }

  /**
   * @param {Router} router
   * @param {'send' | 'recv'} direction
   * @param {Partial<import('mediasoup').types.WebRtcTransportOptions>} [options]
   */
  async connect(router, direction, options) {
    const transport = await createWebRtc(router, { enableSctp: true, ...options });
    this.#transports.set(transport.id, transport);
    const { id, iceParameters, iceCandidates, dtlsParameters, sctpParameters } = transport;
    await this.#call('createTransport', direction, { id, iceParameters, iceCandidates, dtlsParameters, sctpParameters });
    return transport;
  }

  /**
   * @param {WebRtcTransport} transport
   * @param {Mode} mode
   */
  async produce(transport, mode) {
    const id = await this.#call('produceData', transport.id, mode);
    return /** @type {DataProducer} */ (this.#producers.get(id));
  }

  /**
   * @param {WebRtcTransport} transport
   * @param {DataProducer} producer
   * @param {{ row: MessageRow, mode: Mode }} expected
   */
  async consume(transport, producer, { row, mode }) {
    // A producer without a stream, of the controller's own, says nothing about order and limits.
    const consumer = await transport.consumeData({ dataProducerId: producer.id, ...(producer.sctpStreamParameters ? {} : mode) });
    const { id, dataProducerId, sctpStreamParameters, label, protocol } = consumer;
    const { small, large } = row;
    await this.#call('consumeData', transport.id, { id, dataProducerId, sctpStreamParameters, label, protocol }, { small, large, ordered: mode.ordered });
    return {
      consumer,
      until: (/** @type {number} */ count) => this.#call('received', id, count),
      result: () => this.#call('result', id),
    };
  }

  /**
   * @param {DataProducer} producer
   * @param {MessageRow} row
   * @param {number} from
   * @param {number} to
   */
  send(producer, { small, large }, from, to) {
    return this.#call('send', producer.id, { small, large }, from, to);
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
   * Calls a method of the page's Peer.
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
