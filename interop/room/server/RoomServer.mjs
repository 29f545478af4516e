import { fileURLToPath } from 'node:url';
import { version as mediasoupVersion } from 'mediasoup';
import { createHttpServer } from './http/createHttpServer.mjs';
import { listenForProtoo } from './protoo/ProtooListener.mjs';
import { Rooms } from './room/Rooms.mjs';
import { startWorker } from './startWorker.mjs';

const BUILT_PAGE = fileURLToPath(new URL('../dist', import.meta.url));

/**
 * @typedef {object} RoomServerOptions
 * @property {string} host Address that the page is served on.
 * @property {number} port 0 for any free one.
 * @property {boolean} secure Serve https and wss instead of http and ws.
 * @property {string[]} iceAddresses Local addresses that media is received on, best first.
 * @property {string} workerBin
 * @property {import('./UdpRelays.mjs').UdpRelays} [relays]
 * @property {string} [pageDirectory] The built page, unless told otherwise.
 * @property {(workerBin: string) => ReturnType<typeof startWorker>} [createWorker] For tests without a real worker.
 */

/** The page, the signalling and the worker behind it, in one. */
export class RoomServer {
  /** @param {RoomServerOptions} options */
  static async start(options) {
    const { host, port, secure, iceAddresses, workerBin, relays } = options;
    const { pageDirectory = BUILT_PAGE, createWorker = startWorker } = options;
    const http = await createHttpServer({ directory: pageDirectory, host, port, secure });
    try {
      const { worker, errors } = await createWorker(workerBin);
      const rooms = new Rooms(worker, { mediasoupVersion, iceAddresses, relays });
      const sayGoodbye = listenForProtoo(http, (address, upgrade) => rooms.admit(address, upgrade));
      return new RoomServer(http, worker, errors, rooms, sayGoodbye, urlOf(http, secure));
    } catch (error) {
      http.close();
      throw error;
    }
  }

  /**
   * @param {import('node:http').Server} http
   * @param {import('mediasoup').types.Worker} worker
   * @param {string[]} workerErrors Error lines of the worker so far.
   * @param {Rooms} rooms
   * @param {() => Promise<void>} sayGoodbye
   * @param {string} url
   */
  constructor(http, worker, workerErrors, rooms, sayGoodbye, url) {
    this.http = http;
    this.worker = worker;
    this.workerErrors = workerErrors;
    this.rooms = rooms;
    this.sayGoodbye = sayGoodbye;
    this.url = url;
  }

  /** Ends everything in order, and resolves when the worker's process is gone. */
  async close() {
    this.http.close();
    await this.sayGoodbye();
    this.http.closeAllConnections();
    this.rooms.close();
    if (!this.worker.subprocessClosed) {
      const gone = new Promise((resolve) => this.worker.once('subprocessclose', () => resolve(undefined)));
      this.worker.close();
      await gone;
    }
  }
}

/**
 * @param {import('node:http').Server} http
 * @param {boolean} secure
 */
function urlOf(http, secure) {
  const { address, port } = /** @type {import('node:net').AddressInfo} */ (http.address());
  return `${secure ? 'https' : 'http'}://${address.includes(':') ? `[${address}]` : address}:${port}/`;
}
