// @ts-nocheck: runs in the browser, bundled by the tests; the types of both sides meet in DataPeer.mjs.
import { Device } from 'mediasoup-client';

const HEADER_BYTES = 8;
/** What may wait in the browser before more is sent. */
const MOST_BUFFERED = 1024 * 1024;

/** A message that says which one it is, and whose other bytes follow from that. */
function numbered(number, length) {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, number);
  view.setUint32(4, length);
  for (let i = HEADER_BYTES; i < length; i++) {
    bytes[i] = (number * 31 + i * 7) & 0xff;
  }
  return bytes;
}

function isIntact(bytes) {
  const view = new DataView(bytes);
  const number = view.getUint32(0);
  const length = view.getUint32(4);
  if (length !== bytes.byteLength) {
    return false;
  }
  const seen = new Uint8Array(bytes);
  for (let i = HEADER_BYTES; i < length; i++) {
    if (seen[i] !== ((number * 31 + i * 7) & 0xff)) {
      return false;
    }
  }
  return true;
}

/** The data channels of one mediasoup-client in a page. `controller(method, id, data)` is a function that the test exposes. */
class DataPeer {
  transports = new Map();
  producers = new Map();
  received = new Map();

  async load(routerRtpCapabilities) {
    // Only a page that may use a camera is shown the network interfaces, loopback among them.
    this.camera = await navigator.mediaDevices.getUserMedia({ audio: true });
    this.device = await Device.factory();
    await this.device.load({ routerRtpCapabilities });
  }

  createTransport(direction, options) {
    const transport = direction === 'send' ? this.device.createSendTransport(options) : this.device.createRecvTransport(options);
    this.transports.set(transport.id, transport);
    const ask = (method, data) => window.controller(method, transport.id, data);
    transport.on('connect', (data, done, failed) => ask('connect', data.dtlsParameters).then(done, failed));
    transport.on('producedata', (data, done, failed) => ask('produceData', data).then((id) => done({ id }), failed));
  }

  async produceData(transportId, options) {
    const producer = await this.transports.get(transportId).produceData(options);
    if (producer.readyState !== 'open') {
      await new Promise((resolve) => producer.once('open', resolve));
    }
    this.producers.set(producer.id, producer);
    return producer.id;
  }

  async consumeData(transportId, options) {
    const consumer = await this.transports.get(transportId).consumeData(options);
    consumer.binaryType = 'arraybuffer';
    const received = { numbers: [], damaged: 0, texts: [], empty: 0, closed: false };
    this.received.set(consumer.id, received);
    consumer.on('message', (data) => {
      if (typeof data === 'string') {
        received.texts.push(data);
      } else if (data.byteLength === 0) {
        received.empty++;
      } else if (isIntact(data)) {
        received.numbers.push(new DataView(data).getUint32(0));
      } else {
        received.damaged++;
      }
    });
    consumer.on('close', () => (received.closed = true));
    if (consumer.readyState !== 'open') {
      await new Promise((resolve) => consumer.once('open', resolve));
    }
  }

  sendText(producerId, text) {
    this.producers.get(producerId).send(text);
  }

  sendEmpty(producerId) {
    this.producers.get(producerId).send(new ArrayBuffer(0));
  }

  /** Sends messages numbered from `first` on, as fast as the channel takes them. */
  async sendNumbered(producerId, first, lengths) {
    const producer = this.producers.get(producerId);
    for (const [index, length] of lengths.entries()) {
      while (producer.bufferedAmount > MOST_BUFFERED) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      producer.send(numbered(first + index, length));
    }
  }

  got(consumerId) {
    return this.received.get(consumerId);
  }

  count(consumerId) {
    const { numbers, damaged } = this.received.get(consumerId);
    return numbers.length + damaged;
  }
}

window.peer = new DataPeer();
