import { MessageCheck } from './MessageCheck.mjs';
import { PPID } from './messages.mjs';

/**
 * @typedef {import('mediasoup').types.DirectTransport} DirectTransport
 * @typedef {import('mediasoup').types.DataProducer} DataProducer
 * @typedef {import('./messages.mjs').MessageRow} MessageRow
 */

/** The application itself as a peer: its messages take the channel to the worker instead of a network. */
export class DirectPeer {
  /** @param {DirectTransport} transport */
  constructor(transport) {
    this.transport = transport;
  }

  produce() {
    return this.transport.produceData();
  }

  /**
   * @param {DataProducer} producer
   * @param {{ row: MessageRow, mode: import('./modes.mjs').Mode }} expected
   */
  async consume(producer, { row, mode }) {
    const check = new MessageCheck(row, mode.ordered);
    const consumer = await this.transport.consumeData({ dataProducerId: producer.id });
    consumer.on('message', (message, ppid) => {
      const kind = kindOf(ppid);
      // SCTP has no empty messages: one byte stands for them, and the PPID says so.
      const isEmpty = (kind === 'emptyString' || kind === 'emptyBinary') && message.length === 1;
      check.onMessage(isEmpty ? '' : kind === 'string' ? message.toString() : message, kind);
    });
    return { consumer, until: (/** @type {number} */ count) => check.until(count), result: () => check.result() };
  }

  /**
   * @param {DataProducer} producer
   * @param {MessageRow} row
   * @param {number} from
   * @param {number} to
   */
  send(producer, row, from, to) {
    for (let index = from; index < to; index++) {
      const message = row.message(index);
      producer.send(typeof message === 'string' ? message : Buffer.from(message));
    }
  }
}

/** @param {number} ppid */
export function kindOf(ppid) {
  const [kind] = Object.entries(PPID).find(([, value]) => value === ppid) ?? [];
  if (!kind) {
    throw new Error(`a message of PPID ${ppid}`);
  }
  return /** @type {import('./messages.mjs').Kind} */ (kind);
}
