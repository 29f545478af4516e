import { Room } from './Room.mjs';

/** The rooms of one worker, by name. A room exists from its first peer's connection until its last peer is gone. */
export class Rooms {
  /** @type {Map<string, Room>} */ #rooms = new Map();

  /**
   * @param {import('mediasoup').types.Worker} worker
   * @param {import('./Room.mjs').RoomContext} context
   */
  constructor(worker, context) {
    this.worker = worker;
    this.context = context;
  }

  /** @param {string} id */
  get(id) {
    return this.#rooms.get(id);
  }

  /**
   * Takes a new connection into its room. Callers take turns: two calls at once could make the same room twice.
   *
   * @type {import('../protoo/ProtooListener.mjs').Admit}
   */
  async admit({ roomId, peerId, consumerReplicas }, upgrade) {
    const room = await this.#getOrCreate(roomId, consumerReplicas);
    const socket = upgrade();
    if (socket) {
      room.admit(peerId, socket);
    } else {
      room.closeIfEmpty();
    }
  }

  close() {
    for (const room of [...this.#rooms.values()]) {
      room.close();
    }
  }

  /**
   * @param {string} id
   * @param {number} consumerReplicas
   */
  async #getOrCreate(id, consumerReplicas) {
    const existing = this.#rooms.get(id);
    if (existing) {
      return existing;
    }
    const room = await Room.create(this.worker, id, consumerReplicas, this.context);
    this.#rooms.set(id, room);
    room.once('close', () => this.#rooms.delete(id));
    return room;
  }
}
