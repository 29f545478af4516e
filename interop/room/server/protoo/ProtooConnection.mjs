import { EventEmitter } from 'node:events';

/** The only close code after which a protoo client does not connect again. */
export const CLOSED_BY_SERVER = 4000;

/** A refusal with a code of its own; any other error thrown while serving a request is answered with 500. */
export class ProtooError extends Error {
  /**
   * @param {number} code
   * @param {string} reason
   */
  constructor(code, reason) {
    super(reason);
    this.code = code;
  }
}

/**
 * @typedef {{ resolve: (data: any) => void, reject: (error: Error) => void, timer: NodeJS.Timeout }} PendingRequest
 * @typedef {(data?: object) => void} Reply
 * @typedef {(method: string, data: any, reply: Reply) => Promise<void> | void} RequestHandler
 */

/**
 * One WebSocket that speaks protoo: requests, responses and notifications as JSON text, both ways.
 *
 * Requests are served as they arrive, without waiting for earlier ones: a client connects its receiving transport
 * while it is still thinking about the `newConsumer` that we sent.
 *
 * Emits `close` once.
 */
export class ProtooConnection extends EventEmitter {
  /** @type {import('ws').WebSocket} */ #socket;
  /** @type {Map<number, PendingRequest>} */ #pending = new Map();
  /** @type {RequestHandler} */ #handler;
  #nextId = Math.floor(Math.random() * 5_000_000);
  #closed = false;

  /**
   * @param {import('ws').WebSocket} socket
   * @param {RequestHandler} handler Serves a request and calls `reply` when done; what it throws becomes an error response.
   */
  constructor(socket, handler) {
    super();
    this.#socket = socket;
    this.#handler = handler;
    socket.on('message', (message, isBinary) => {
      if (!isBinary) {
        this.#onText(message.toString());
      }
    });
    socket.on('close', () => this.#onClosed());
    // A socket error is always followed by its close event, which is where the work is done.
    socket.on('error', () => {});
  }

  get closed() {
    return this.#closed;
  }

  /**
   * @param {string} method
   * @param {object} [data]
   * @returns {Promise<any>} the data of the client's response
   */
  request(method, data = {}) {
    if (this.#closed) {
      return Promise.reject(new Error('peer closed'));
    }
    const id = this.#nextId++;
    const timeout = 2000 * (15 + 0.1 * this.#pending.size);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#settle(id)?.reject(new Error(`"${method}" timed out`)), timeout);
      this.#pending.set(id, { resolve, reject, timer });
      this.#send({ request: true, id, method, data });
    });
  }

  /**
   * @param {string} method
   * @param {object} [data]
   */
  notify(method, data = {}) {
    this.#send({ notification: true, method, data });
  }

  close() {
    if (this.#closed) {
      return;
    }
    this.#socket.close(CLOSED_BY_SERVER, 'closed by protoo-server');
    this.#onClosed();
  }

  /** @param {object} message */
  #send(message) {
    if (!this.#closed) {
      this.#socket.send(JSON.stringify(message));
    }
  }

  /** @param {string} text */
  #onText(text) {
    const message = parse(text);
    if (this.#closed || message === undefined) {
      return;
    }
    if (message.request) {
      if (typeof message.method === 'string' && typeof message.id === 'number') {
        void this.#serve(message);
      }
    } else if (message.response) {
      this.#onResponse(message);
    }
    // Clients of this generation send no notification that means anything to the room.
  }

  /** @param {{ id: number, method: string, data?: any }} request */
  async #serve({ id, method, data }) {
    let replied = false;
    /** @type {Reply} */
    const reply = (answer = {}) => {
      replied = true;
      this.#send({ response: true, id, ok: true, data: answer });
    };
    try {
      await this.#handler(method, data || {}, reply);
    } catch (error) {
      if (replied) {
        console.error(`after answering "${method}":`, error);
        return;
      }
      const errorCode = error instanceof ProtooError ? error.code : 500;
      this.#send({ response: true, id, errorCode, errorReason: error instanceof Error ? error.message : String(error) });
    }
  }

  /** @param {{ id: number, ok?: boolean, data?: any, errorReason?: string }} response */
  #onResponse({ id, ok, data, errorReason }) {
    const pending = this.#settle(id);
    if (ok) {
      pending?.resolve(data || {});
    } else {
      pending?.reject(new Error(errorReason || 'refused by the client'));
    }
  }

  /** @param {number} id */
  #settle(id) {
    const pending = this.#pending.get(id);
    clearTimeout(pending?.timer);
    this.#pending.delete(id);
    return pending;
  }

  #onClosed() {
    if (this.#closed) {
      return;
    }
    this.#closed = true;
    for (const id of [...this.#pending.keys()]) {
      this.#settle(id)?.reject(new Error('peer closed'));
    }
    this.emit('close');
  }
}

/**
 * @param {string} text
 * @returns {any} the JSON object, or undefined when it is not one
 */
function parse(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
