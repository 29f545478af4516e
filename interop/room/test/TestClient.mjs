import { EventEmitter, once } from 'node:events';
import WebSocket from 'ws';

/** A protoo client reduced to what the tests look at: it keeps every message in the order of arrival. */
export class TestClient extends EventEmitter {
  /** @type {any[]} */ received = [];
  /** When set, answers the server's requests; otherwise they are left open. */
  answersRequests = true;
  #lastId = 0;

  /**
   * @param {string} url
   * @param {string} query
   * @param {string[]} subprotocols
   */
  static async connect(url, query, subprotocols = ['protoo']) {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}?${query}`, subprotocols);
    const client = new TestClient(socket);
    await once(socket, 'open');
    return client;
  }

  /**
   * What a server says that refuses the handshake.
   *
   * @param {string} url
   * @param {string} query
   * @param {string[]} subprotocols
   */
  static async refusal(url, query, subprotocols = ['protoo']) {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}?${query}`, subprotocols);
    socket.on('error', () => {});
    const [, response] = await once(socket, 'unexpected-response');
    return { status: response.statusCode, reason: response.headers['x-websocket-reject-reason'] };
  }

  /** @param {WebSocket} socket */
  constructor(socket) {
    super();
    this.socket = socket;
    this.closing = new Promise((resolve) =>
      socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    );
    socket.on('message', (text) => this.#onMessage(JSON.parse(text.toString())));
  }

  /** Joins as a peer that sends and receives. @param {string} displayName */
  async join(displayName) {
    const sending = await this.request('createWebRtcTransport', { producing: true, consuming: false });
    await this.request('createWebRtcTransport', { producing: false, consuming: true });
    const { peers } = await this.request('join', { displayName, device: {}, rtpCapabilities: { codecs: [] } });
    return { peers, sendingTransportId: sending.id };
  }

  /**
   * @param {string} method
   * @param {object} [data]
   */
  async request(method, data) {
    const response = await this.requestRaw(method, data);
    if (!response.ok) {
      throw Object.assign(new Error(response.errorReason), { code: response.errorCode });
    }
    return response.data;
  }

  /**
   * @param {string} method
   * @param {object} [data]
   */
  async requestRaw(method, data) {
    const id = ++this.#lastId;
    this.socket.send(JSON.stringify({ request: true, id, method, data }));
    return this.next((message) => message.response && message.id === id);
  }

  /** Waits for a request or notification by its method. @param {string} method */
  async heard(method) {
    return (await this.next((message) => message.method === method)).data;
  }

  /** @param {(message: any) => boolean} wanted */
  async next(wanted) {
    for (;;) {
      const found = this.received.find(wanted);
      if (found) {
        return found;
      }
      await once(this, 'received');
    }
  }

  /** @param {any} message */
  #onMessage(message) {
    this.received.push(message);
    if (message.request && this.answersRequests) {
      this.socket.send(JSON.stringify({ response: true, id: message.id, ok: true, data: {} }));
    }
    this.emit('received');
  }
}
