import { createRequire } from 'node:module';

// The package's own code writes and reads the messages, so that these tests cannot share a mistake with the worker.
const required = createRequire(new URL('../controller/node_modules/mediasoup/package.json', import.meta.url));
const flatbuffers = required('flatbuffers');
const { Message, Body } = required('./node/lib/fbs/message.js');
const { Request, Method, Body: RequestBody } = required('./node/lib/fbs/request.js');
const { Notification, Event, Body: NotificationBody } = required('./node/lib/fbs/notification.js');
const { Response } = required('./node/lib/fbs/response.js');
const { Log } = required('./node/lib/fbs/log.js');

export { Event, Method };

/** @typedef {{ running?: string, answered?: { id: number, accepted: boolean, error: string | null }, log?: string }} FromWorker */

/**
 * A request without a body.
 *
 * @param {number} id
 * @param {number} method
 * @param {string} [handlerId]
 */
export function request(id, method, handlerId = '') {
  const builder = new flatbuffers.Builder(256);
  const handler = builder.createString(handlerId);
  return finish(builder, Body.Request, Request.createRequest(builder, id, method, handler, RequestBody.NONE, 0));
}

/**
 * A notification without a body.
 *
 * @param {number} event
 * @param {string} [handlerId]
 */
export function notification(event, handlerId = '') {
  const builder = new flatbuffers.Builder(256);
  const handler = builder.createString(handlerId);
  return finish(builder, Body.Notification, Notification.createNotification(builder, handler, event, NotificationBody.NONE, 0));
}

/**
 * Bytes as a frame, whatever they are.
 *
 * @param {Buffer} message
 * @param {number} [announced] the length that the frame claims to have
 */
export function frame(message, announced = message.length) {
  const prefix = Buffer.alloc(4);
  prefix.writeUInt32LE(announced);
  return Buffer.concat([prefix, message]);
}

/**
 * @param {Uint8Array} message
 * @returns {FromWorker}
 */
export function read(message) {
  const root = Message.getRootAsMessage(new flatbuffers.ByteBuffer(message));
  switch (root.dataType()) {
    case Body.Response: {
      const response = root.data(new Response());
      return { answered: { id: response.id(), accepted: response.accepted(), error: response.error() } };
    }
    case Body.Log:
      return { log: root.data(new Log()).data() };
    case Body.Notification: {
      const event = root.data(new Notification());
      return event.event() === Event.WORKER_RUNNING ? { running: event.handlerId() } : {};
    }
    default:
      throw new Error(`the worker sent a message of type ${root.dataType()}`);
  }
}

/** @param {any} builder @param {number} type @param {number} offset */
function finish(builder, type, offset) {
  builder.finishSizePrefixed(Message.createMessage(builder, type, offset));
  return Buffer.from(builder.asUint8Array());
}
