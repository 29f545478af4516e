import { performance } from 'node:perf_hooks';
import { PATIENCE_MS, until } from './until.mjs';

/** @typedef {{ spatialLayer: number, temporalLayer: number }} Layers */

/** One browser page that watches a layered producer, and the consumer that feeds it. */
export class Viewer {
  /**
   * @param {string} name
   * @param {import('./BrowserPeer.mjs').BrowserPeer} peer
   * @param {import('mediasoup').types.WebRtcTransport} transport
   * @param {import('mediasoup').types.Consumer} video
   * @param {import('mediasoup').types.Consumer} [audio]
   */
  constructor(name, peer, transport, video, audio) {
    this.name = name;
    this.peer = peer;
    this.transport = transport;
    this.video = video;
    this.audio = audio;
  }

  /**
   * Asks for layers, and waits until the worker sends them.
   *
   * @param {Layers} layers
   * @returns {Promise<number>} how many milliseconds that took
   */
  async prefer(layers) {
    const isSent = (/** @type {Partial<Layers> | undefined} */ current) =>
      current?.spatialLayer === layers.spatialLayer && current.temporalLayer === layers.temporalLayer;
    /** @type {(() => void) | undefined} */ let arrived;
    const sent = new Promise((/** @type {(value?: undefined) => void} */ resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${this.name}: not within ${PATIENCE_MS / 1000} s: ${JSON.stringify(layers)}, still ${JSON.stringify(this.video.currentLayers)}`)),
        PATIENCE_MS,
      );
      arrived = () => {
        if (isSent(this.video.currentLayers)) {
          clearTimeout(timer);
          resolve();
        }
      };
      this.video.on('layerschange', arrived);
    });
    const asked = performance.now();
    await this.video.setPreferredLayers(layers);
    arrived?.();
    await sent;
    const took = performance.now() - asked;
    this.video.off('layerschange', /** @type {() => void} */ (arrived));
    return took;
  }

  /** The browser's own counts of the picture. */
  picture() {
    return this.peer.received(this.video.id);
  }

  /** How wide the picture is at present. */
  async width() {
    return (await this.picture()).frameWidth;
  }

  /**
   * Waits until the picture has a width, and so many more frames have been decoded.
   *
   * @param {number} width
   * @param {number} [frames]
   */
  async sees(width, frames = 1) {
    /** @type {any} */ let last;
    /** @type {number | undefined} */ let from;
    await until(
      `${this.name}: ${frames} frames ${width} wide`,
      async () => {
        last = await this.picture();
        if (last?.frameWidth !== width) {
          from = undefined;
          return false;
        }
        from ??= last.framesDecoded;
        return last.framesDecoded - Number(from) >= frames;
      },
      () => ({ width: last?.frameWidth, decoded: last?.framesDecoded, from }),
    );
    return last;
  }

  /** Waits until sound and picture are both played by the sender's clock. */
  async isInSync() {
    await until(`${this.name}: sound and picture by one clock`, async () => (await this.apart()).some(({ milliseconds }) => Math.abs(milliseconds) < 100));
  }

  /**
   * By how much of the sender's clock what is heard is ahead of what is seen, and how wide that is; nothing while one of them is not known.
   *
   * @returns {Promise<{ milliseconds: number, width: number }[]>} one at most
   */
  async apart() {
    const streams = await this.peer.receivedAll(this.transport);
    const [sound, picture] = ['audio', 'video'].map((wanted) => streams.find((/** @type {any} */ { kind }) => kind === wanted));
    return sound?.estimatedPlayoutTimestamp && picture?.estimatedPlayoutTimestamp
      ? [{ milliseconds: sound.estimatedPlayoutTimestamp - picture.estimatedPlayoutTimestamp, width: picture.frameWidth }]
      : [];
  }
}
