import { createWebRtc } from './Controller.mjs';

/**
 * @typedef {import('mediasoup').types.Router} Router
 * @typedef {import('mediasoup').types.WebRtcTransport} WebRtcTransport
 * @typedef {import('mediasoup').types.IceCandidate} IceCandidate
 */

/**
 * @typedef {object} TransportSettings
 * @property {Partial<import('mediasoup').types.WebRtcTransportOptions>} [options] of the worker's side
 * @property {(transport: WebRtcTransport) => Promise<IceCandidate[]>} [candidates] what the browser is told instead of the real ones
 */

/** A browser page with mediasoup-client, and the worker's transports that it is connected to. */
export class BrowserPeer {
  /** What broke in the page. @type {string[]} */ errors = [];
  /** @type {Map<string, WebRtcTransport>} */ #transports = new Map();
  /** @type {Map<string, import('mediasoup').types.Producer>} */ producers = new Map();

  /**
   * @param {import('../../tools/browser.mjs').Browser} browser
   * @param {import('./PeerPage.mjs').PeerPage} peerPage
   * @param {Router} router
   * @param {{ width: number, height: number }} [camera] what the browser sends
   */
  static async open(browser, peerPage, router, camera = { width: 320, height: 240 }) {
    const page = await browser.newPage();
    const peer = new BrowserPeer(page, router);
    page.on('pageerror', (error) => peer.errors.push(String(error)));
    await page.exposeFunction('controller', (/** @type {string} */ method, /** @type {string} */ id, /** @type {any} */ data) =>
      peer.#asked(method, id, data),
    );
    await page.goto(peerPage.url);
    peer.rtpCapabilities = await peer.#call('load', router.rtpCapabilities, camera);
    return peer;
  }

  /** @type {import('mediasoup').types.RtpCapabilities | undefined} */ rtpCapabilities;

  /**
   * @param {import('../../tools/browser.mjs').Page} page
   * @param {Router} router
   */
  constructor(page, router) {
    this.page = page;
    this.router = router;
  }

  /**
   * @param {'send' | 'recv'} direction
   * @param {TransportSettings} [settings]
   */
  async connect(direction, { options, candidates } = {}) {
    const transport = await createWebRtc(this.router, options);
    this.#transports.set(transport.id, transport);
    const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
    await this.#call('createTransport', direction, {
      id,
      iceParameters,
      iceCandidates: candidates ? await candidates(transport) : iceCandidates,
      dtlsParameters,
    });
    return transport;
  }

  /**
   * @param {WebRtcTransport} transport
   * @param {'audio' | 'video'} kind
   * @param {{ held?: boolean, [option: string]: any }} [options] of mediasoup-client's produce(), without the track; what is held sends
   *   nothing before release()
   */
  async produce(transport, kind, options = {}) {
    const id = await this.#call('produce', transport.id, kind, options);
    return /** @type {import('mediasoup').types.Producer} */ (this.producers.get(id));
  }

  /**
   * @param {WebRtcTransport} transport
   * @param {string} producerId
   */
  async consume(transport, producerId) {
    const rtpCapabilities = /** @type {import('mediasoup').types.RtpCapabilities} */ (this.rtpCapabilities);
    const consumer = await transport.consume({ producerId, rtpCapabilities, paused: true });
    const { id, kind, rtpParameters } = consumer;
    await this.#call('consume', transport.id, { id, producerId, kind, rtpParameters });
    await consumer.resume();
    return consumer;
  }

  /** @param {number} loudness 0 to 1 */
  speak(loudness) {
    return this.#call('speak', loudness);
  }

  /** Lets a producer that was made held send. @param {import('mediasoup').types.Producer} producer */
  release({ id }) {
    return this.#call('release', id);
  }

  /** Takes the track from a producer: it stays, and sends nothing. @param {string} producerId */
  silence(producerId) {
    return this.#call('silence', producerId);
  }

  /** Gives the browser new ICE credentials. @param {WebRtcTransport} transport */
  async restartIce(transport) {
    await this.#call('restartIce', transport.id, await transport.restartIce());
  }

  /** The browser's own count of one stream that it sends. @param {string} producerId */
  async sent(producerId) {
    return this.#stats('producer', producerId, 'outbound-rtp');
  }

  /** What the worker reported to the browser about a stream that it sends. @param {string} producerId */
  async reported(producerId) {
    return this.#stats('producer', producerId, 'remote-inbound-rtp');
  }

  /** The browser's own count of one stream that it receives. @param {string} consumerId */
  async received(consumerId) {
    return this.#stats('consumer', consumerId, 'inbound-rtp');
  }

  /** The browser's own counts of all streams that it receives, of one moment. @param {WebRtcTransport} transport */
  async receivedAll(transport) {
    const stats = await this.#call('stats', 'transport', transport.id);
    return stats.filter((/** @type {any} */ item) => item.type === 'inbound-rtp');
  }

  /** The browser's own counts of all streams that it sends, of one moment. @param {WebRtcTransport} transport */
  async sentAll(transport) {
    const stats = await this.#call('stats', 'transport', transport.id);
    return stats.filter((/** @type {any} */ item) => item.type === 'outbound-rtp');
  }

  /** The pair of candidates that the transport uses: both candidates' own descriptions. @param {WebRtcTransport} transport */
  async path(transport) {
    const stats = await this.#call('stats', 'transport', transport.id);
    const pair = stats.find((/** @type {any} */ item) => item.type === 'candidate-pair' && item.nominated && item.state === 'succeeded');
    const named = (/** @type {string} */ id) => stats.find((/** @type {any} */ item) => item.id === id);
    return pair && { pair, local: named(pair.localCandidateId), remote: named(pair.remoteCandidateId) };
  }

  /** The SRTP suite that the browser negotiated. @param {WebRtcTransport} transport */
  async srtpSuite(transport) {
    const stats = await this.#call('stats', 'transport', transport.id);
    const { srtpCipher } = stats.find((/** @type {any} */ item) => item.type === 'transport' && item.srtpCipher);
    return /** @type {string} */ (srtpCipher);
  }

  close() {
    for (const transport of this.#transports.values()) {
      transport.close();
    }
    return this.page.close();
  }

  /**
   * @param {string} kind
   * @param {string} id
   * @param {string} type
   */
  async #stats(kind, id, type) {
    const stats = await this.#call('stats', kind, id);
    return stats.find((/** @type {any} */ item) => item.type === type);
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
    } else if (method === 'produce') {
      const producer = await transport.produce(data);
      this.producers.set(producer.id, producer);
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
