import { once } from 'node:events';
import { startWorker } from '../../room/server/startWorker.mjs';
import { workerFrom } from '../../room/server/options.mjs';
import { CODEC } from './codecs.mjs';

export const LOOPBACK = '127.0.0.1';

/** What a router carries unless told otherwise. */
export const CODECS = [CODEC.opus, CODEC.vp8, CODEC.h264];

/** The Node controller of mediasoup, with workers of the binary under test and what a suite makes in them. */
export class Controller {
  /** @type {import('mediasoup').types.Worker[]} */ workers = [];
  /** Error lines of the workers. @type {string[]} */ errors = [];

  /** @param {{ workers?: number }} [options] one worker, and one router in it, unless told otherwise */
  static async start({ workers = 1 } = {}) {
    const controller = new Controller();
    for (let index = 0; index < workers; index++) {
      // The listener of log lines is one for all workers: the list of the one started last has them all.
      const { worker, errors } = await startWorker(workerFrom(process.env));
      controller.workers.push(worker);
      controller.errors = errors;
    }
    return controller;
  }

  get worker() {
    return this.workers[0];
  }

  /**
   * @param {import('mediasoup').types.Worker} [worker]
   * @param {import('mediasoup').types.RouterRtpCodecCapability[]} [mediaCodecs]
   */
  router(worker = this.worker, mediaCodecs = CODECS) {
    return worker.createRouter({ mediaCodecs });
  }

  /** Resolves when the workers' processes are gone. */
  async close() {
    await Promise.all(
      this.workers.map(async (worker) => {
        if (!worker.subprocessClosed) {
          const gone = once(worker, 'subprocessclose');
          worker.close();
          await gone;
        }
      }),
    );
  }
}

/**
 * @param {import('mediasoup').types.Router} router
 * @param {Partial<import('mediasoup').types.PlainTransportOptions>} [options]
 */
export function createPlain(router, options = {}) {
  return router.createPlainTransport(
    /** @type {import('mediasoup').types.PlainTransportOptions} */ ({ listenInfo: { protocol: 'udp', ip: LOOPBACK }, ...options }),
  );
}

/**
 * @param {import('mediasoup').types.Router} router
 * @param {Partial<import('mediasoup').types.WebRtcTransportOptions>} [options]
 */
export function createWebRtc(router, options = {}) {
  return router.createWebRtcTransport(
    /** @type {import('mediasoup').types.WebRtcTransportOptions} */ ({
      ...(options.webRtcServer ? {} : { listenInfos: [{ protocol: 'udp', ip: LOOPBACK }] }),
      initialAvailableOutgoingBitrate: 1_000_000,
      ...options,
    }),
  );
}
