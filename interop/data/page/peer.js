// @ts-nocheck: runs in the browser, bundled by the tests; the types of both sides meet in BrowserPeer.mjs.
import { Device } from 'mediasoup-client';
import { MessageCheck } from '../lib/MessageCheck.mjs';
import { MessageRow } from '../lib/messages.mjs';

/** Queued in the browser at most, so that a limit of time is not spent waiting there. */
const QUEUE = 256 * 1024;

/** One mediasoup-client in a page, with data channels only. `controller(method, id, data)` is a function that the test exposes. */
class Peer {
  transports = new Map();
  producers = new Map();
  checks = new Map();

  async load(routerRtpCapabilities) {
    // Only a page that may use a camera or a microphone is shown the network interfaces, loopback among them.
    this.camera = await navigator.mediaDevices.getUserMedia({ video: { width: 320, height: 240 } });
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
    this.producers.set(producer.id, producer);
    await opened(producer);
    return producer.id;
  }

  async consumeData(transportId, options, { small, large, ordered }) {
    const consumer = await this.transports.get(transportId).consumeData(options);
    const check = new MessageCheck(new MessageRow(small, large), ordered);
    this.checks.set(consumer.id, check);
    consumer.binaryType = 'arraybuffer';
    consumer.on('message', (data) => {
      const message = typeof data === 'string' ? data : new Uint8Array(data);
      const kind = typeof data === 'string' ? (data ? 'string' : 'emptyString') : message.length ? 'binary' : 'emptyBinary';
      check.onMessage(message, kind);
    });
    await opened(consumer);
  }

  /** Sends the messages of a row from one place up to another. */
  async send(producerId, { small, large }, from, to) {
    const row = new MessageRow(small, large);
    const producer = this.producers.get(producerId);
    producer.bufferedAmountLowThreshold = QUEUE / 2;
    for (let index = from; index < to; index++) {
      if (producer.bufferedAmount > QUEUE) {
        await new Promise((resolve) => producer.once('bufferedamountlow', resolve));
      }
      producer.send(row.message(index));
    }
  }

  async received(consumerId, count) {
    await this.checks.get(consumerId).until(count);
  }

  result(consumerId) {
    return this.checks.get(consumerId).result();
  }
}

async function opened(channel) {
  if (channel.readyState !== 'open') {
    await new Promise((resolve, reject) => {
      channel.once('open', resolve);
      channel.once('error', reject);
      channel.once('close', () => reject(new Error('closed before it opened')));
    });
  }
}

window.peer = new Peer();
