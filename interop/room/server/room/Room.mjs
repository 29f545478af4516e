import { EventEmitter } from 'node:events';
import { offerConsumers } from './consuming.mjs';
import { Peer } from './Peer.mjs';
import { serveRequest } from './requests.mjs';
import { ROUTER_CODECS, SPEAKER_LEVELS } from './settings.mjs';

/**
 * @typedef {object} RoomContext
 * @property {string} mediasoupVersion
 * @property {string[]} iceAddresses Local addresses that media is received on, best first.
 * @property {import('../UdpRelays.mjs').UdpRelays} [relays] When set, all media passes through its lossy sockets.
 */

/** The peers that see each other, over one router. Emits `close` once, when the last peer has gone. */
export class Room extends EventEmitter {
  /** @type {Map<string, Peer>} */ peers = new Map();
  closed = false;

  /**
   * @param {import('mediasoup').types.Worker} worker
   * @param {string} id
   * @param {number} consumerReplicas How many extra consumers each peer gets of each producer.
   * @param {RoomContext} context
   */
  static async create(worker, id, consumerReplicas, context) {
    const router = await worker.createRouter({ mediaCodecs: ROUTER_CODECS });
    // A worker without observers carries calls all the same: only nobody is shown as speaking.
    const levels = await router.createAudioLevelObserver(SPEAKER_LEVELS).catch(() => undefined);
    return new Room(id, consumerReplicas, context, router, levels);
  }

  /**
   * @param {string} id
   * @param {number} consumerReplicas
   * @param {RoomContext} context
   * @param {import('mediasoup').types.Router} router
   * @param {import('mediasoup').types.AudioLevelObserver} [levels]
   */
  constructor(id, consumerReplicas, context, router, levels) {
    super();
    this.id = id;
    this.consumerReplicas = consumerReplicas;
    this.context = context;
    this.router = router;
    this.levels = levels;

    levels?.on('volumes', ([{ producer, volume }]) => {
      this.notifyJoined('activeSpeaker', { peerId: producer.appData.peerId, volume });
    });
    levels?.on('silence', () => this.notifyJoined('activeSpeaker', { peerId: null }));
  }

  /**
   * Takes in a peer that has just connected. One with the same id is closed first: it is the same page coming back.
   *
   * @param {string} peerId
   * @param {import('ws').WebSocket} socket
   */
  admit(peerId, socket) {
    this.peers.get(peerId)?.close();

    const peer = new Peer(peerId, socket, (from, method, data, reply) => serveRequest(this, from, method, data, reply));
    this.peers.set(peerId, peer);
    peer.once('close', () => this.#onPeerClosed(peer));
    peer.notify('mediasoup-version', { version: this.context.mediasoupVersion });
  }

  /** @param {Peer} [except] */
  joinedPeers(except) {
    return [...this.peers.values()].filter((peer) => peer.joined && peer !== except);
  }

  /**
   * @param {string} method
   * @param {object} data
   * @param {Peer} [except]
   */
  notifyJoined(method, data, except) {
    for (const peer of this.joinedPeers(except)) {
      peer.notify(method, data);
    }
  }

  /**
   * Lets every other joined peer consume a new producer.
   *
   * @param {Peer} owner
   * @param {import('mediasoup').types.Producer} producer
   */
  share(owner, producer) {
    for (const receiver of this.joinedPeers(owner)) {
      offerConsumers(this, receiver, owner, producer);
    }
  }

  closeIfEmpty() {
    if (this.peers.size === 0) {
      this.close();
    }
  }

  close() {
    if (this.closed) {
      return;
    }
    this.closed = true;
    for (const peer of [...this.peers.values()]) {
      peer.close();
    }
    this.router.close();
    this.emit('close');
  }

  /** @param {Peer} peer */
  #onPeerClosed(peer) {
    if (this.peers.get(peer.id) === peer) {
      this.peers.delete(peer.id);
    }
    if (peer.joined) {
      this.notifyJoined('peerClosed', { peerId: peer.id }, peer);
    }
    // Looked at a turn later, when a peer that replaces this one has been registered.
    setImmediate(() => this.closeIfEmpty());
  }
}
