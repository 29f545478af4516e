import { EventEmitter } from 'node:events';

/**
 * Stands in for mediasoup where only the signalling is under test: objects with ids, parents that take their children
 * along when they close, and no media. Just as much of the API as the room uses.
 */
class FakeObject extends EventEmitter {
  static #lastId = 0;
  id = `${this.constructor.name}-${++FakeObject.#lastId}`;
  closed = false;
  observer = new EventEmitter();
  /** @type {Set<FakeObject>} */ children = new Set();

  close() {
    if (this.closed) {
      return;
    }
    this.closed = true;
    for (const child of this.children) {
      child.close();
    }
    this.observer.emit('close');
  }

  /**
   * @template {FakeObject} T
   * @param {T} child
   */
  adopt(child) {
    this.children.add(child);
    child.observer.once('close', () => this.children.delete(child));
    return child;
  }

  async getStats() {
    return [{ type: this.constructor.name }];
  }
}

export class FakeWorker extends FakeObject {
  subprocessClosed = true;
  /** @type {FakeRouter[]} */ routers = [];

  async createRouter() {
    const router = this.adopt(new FakeRouter());
    this.routers.push(router);
    return router;
  }
}

class FakeRouter extends FakeObject {
  rtpCapabilities = { codecs: [], headerExtensions: [] };
  /** @type {Map<string, FakeProducer>} */ producers = new Map();

  canConsume() {
    return true;
  }

  async createAudioLevelObserver() {
    const levels = this.adopt(new FakeObject());
    return Object.assign(levels, { addProducer: async () => {} });
  }

  /** @param {{ appData: object }} options */
  async createWebRtcTransport({ appData }) {
    return this.adopt(new FakeTransport(this, appData));
  }
}

class FakeTransport extends FakeObject {
  iceParameters = { usernameFragment: 'fragment', password: 'aPasswordOfAtLeast22Characters', iceLite: true };
  /** @type {object[]} */ iceCandidates = [];
  dtlsParameters = { role: 'auto', fingerprints: [] };
  connected = false;

  /**
   * @param {FakeRouter} router
   * @param {object} appData
   */
  constructor(router, appData) {
    super();
    this.router = router;
    this.appData = appData;
  }

  async setMaxIncomingBitrate() {}

  async connect() {
    if (this.connected) {
      throw new Error('connect() already called');
    }
    this.connected = true;
  }

  async restartIce() {
    return this.iceParameters;
  }

  /** @param {{ kind: string, appData: object }} options */
  async produce({ kind, appData }) {
    const producer = this.adopt(new FakeProducer(kind, appData));
    this.router.producers.set(producer.id, producer);
    return producer;
  }

  /** @param {{ producerId: string, paused: boolean }} options */
  async consume({ producerId, paused }) {
    const producer = this.router.producers.get(producerId);
    if (!producer) {
      throw new Error(`no producer ${producerId}`);
    }
    return this.adopt(new FakeConsumer(producer, paused));
  }
}

class FakeProducer extends FakeObject {
  /**
   * @param {string} kind
   * @param {object} appData
   */
  constructor(kind, appData) {
    super();
    this.kind = kind;
    this.appData = appData;
  }

  async pause() {
    this.emit('@pause');
  }

  async resume() {
    this.emit('@resume');
  }
}

class FakeConsumer extends FakeObject {
  type = 'simple';
  rtpParameters = { mid: '0', codecs: [], encodings: [{ ssrc: 1 }] };
  score = { score: 10, producerScore: 10, producerScores: [10] };
  producerPaused = false;

  /**
   * @param {FakeProducer} producer
   * @param {boolean} paused
   */
  constructor(producer, paused) {
    super();
    this.kind = producer.kind;
    this.paused = paused;
    producer.on('@pause', () => this.emit('producerpause'));
    producer.on('@resume', () => this.emit('producerresume'));
    producer.observer.once('close', () => {
      if (!this.closed) {
        this.emit('producerclose');
        this.close();
      }
    });
  }

  async pause() {
    this.paused = true;
  }

  async resume() {
    this.paused = false;
  }
}
