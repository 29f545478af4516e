/** The close code by which the server says that it does not want this client back. */
export const CLOSED_FOR_GOOD = 4000;

type RequestHandler = (method: string, data: any) => Promise<void>;
type NotificationHandler = (method: string, data: any) => void;

/** One protoo connection: requests and notifications as JSON text, both ways. It does not connect again by itself. */
export class ProtooSocket {
  /** Resolves with the close code. */
  readonly closed: Promise<number>;

  readonly #pending = new Map<number, { resolve: (data: any) => void; reject: (error: Error) => void; timer: number }>();
  #nextId = 1;

  static open(url: string, onRequest: RequestHandler, onNotification: NotificationHandler): Promise<ProtooSocket> {
    const socket = new WebSocket(url, 'protoo');
    // Made at once, so that no message slips by between the opening and whoever waits for it.
    const protoo = new ProtooSocket(socket, onRequest, onNotification);
    return new Promise((resolve, reject) => {
      socket.addEventListener('open', () => resolve(protoo));
      socket.addEventListener('close', () => reject(new Error('the server cannot be reached')));
    });
  }

  private constructor(
    private readonly socket: WebSocket,
    private readonly onRequest: RequestHandler,
    private readonly onNotification: NotificationHandler,
  ) {
    socket.addEventListener('message', ({ data }) => this.#onMessage(JSON.parse(data)));
    this.closed = new Promise((resolve) => {
      socket.addEventListener('close', ({ code }) => {
        for (const id of [...this.#pending.keys()]) {
          this.#settle(id)?.reject(new Error('connection closed'));
        }
        resolve(code);
      });
    });
  }

  get isOpen() {
    return this.socket.readyState === WebSocket.OPEN;
  }

  request(method: string, data: object = {}): Promise<any> {
    if (!this.isOpen) {
      return Promise.reject(new Error('connection closed'));
    }
    const id = this.#nextId++;
    const timeout = 1500 * (15 + 0.1 * this.#pending.size);
    return new Promise((resolve, reject) => {
      const timer = window.setTimeout(() => this.#settle(id)?.reject(new Error(`${method} timed out`)), timeout);
      this.#pending.set(id, { resolve, reject, timer });
      this.#send({ request: true, id, method, data });
    });
  }

  close() {
    this.socket.close();
  }

  #send(message: object) {
    if (this.isOpen) {
      this.socket.send(JSON.stringify(message));
    }
  }

  #onMessage(message: any) {
    if (message.request) {
      void this.#serve(message);
    } else if (message.response) {
      const pending = this.#settle(message.id);
      if (message.ok) {
        pending?.resolve(message.data);
      } else {
        pending?.reject(new Error(message.errorReason));
      }
    } else if (message.notification) {
      this.onNotification(message.method, message.data);
    }
  }

  async #serve({ id, method, data }: { id: number; method: string; data: any }) {
    try {
      await this.onRequest(method, data);
      this.#send({ response: true, id, ok: true, data: {} });
    } catch (error) {
      this.#send({ response: true, id, ok: false, errorCode: 500, errorReason: String(error) });
    }
  }

  #settle(id: number) {
    const pending = this.#pending.get(id);
    window.clearTimeout(pending?.timer);
    this.#pending.delete(id);
    return pending;
  }
}
