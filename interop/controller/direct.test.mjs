// What the package's own tests leave out: RTP and RTCP between the application and the worker, and two pipe transports on one another.
//
// node --test direct.test.mjs
// Environment: WORKER (default: the worker that build-worker.sh made)
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assertOurs } from './prepare.mjs';

const LIMIT = { timeout: 30_000 };

const workerBin = resolve(process.env.WORKER || fileURLToPath(new URL('../../artifacts/worker/bisque-worker', import.meta.url)));
// The package reads it once, when it is loaded.
process.env.MEDIASOUP_WORKER_BIN = workerBin;
const { createWorker } = await import('mediasoup');

/** @type {import('mediasoup').types.Worker} */
let worker;
/** @type {import('mediasoup').types.Router} */
let router;

before(async () => {
  await assertOurs(workerBin);
  worker = await createWorker();
  router = await worker.createRouter({
    mediaCodecs: [
      { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
      { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
    ],
  });
});

after(() => worker?.close());

/** @param {number} payloadType @param {number} ssrc @param {number} sequenceNumber @param {Buffer} payload */
function rtp(payloadType, ssrc, sequenceNumber, payload) {
  const header = Buffer.alloc(12);
  header[0] = 0x80;
  header[1] = payloadType;
  header.writeUInt16BE(sequenceNumber, 2);
  header.writeUInt32BE(sequenceNumber * 960, 4);
  header.writeUInt32BE(ssrc, 8);
  return Buffer.concat([header, payload]);
}

/** @param {import('mediasoup').types.DirectTransport} transport @param {'audio' | 'video'} kind @param {number} ssrc */
function produce(transport, kind, ssrc) {
  const codec = kind === 'audio'
    ? { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }
    : { mimeType: 'video/VP8', payloadType: 120, clockRate: 90_000, rtcpFeedback: [{ type: 'nack', parameter: 'pli' }] };
  return transport.produce({ kind, rtpParameters: { codecs: [codec], encodings: [{ ssrc }], rtcp: { cname: 'application' } } });
}

test('the application gets every packet that it sends, in order and whole', LIMIT, async () => {
  const from = await router.createDirectTransport();
  const to = await router.createDirectTransport();
  const producer = await produce(from, 'audio', 3000);
  const consumer = await to.consume({ producerId: producer.id, rtpCapabilities: router.rtpCapabilities });
  /** @type {Buffer[]} */
  const received = [];
  /** @type {Promise<void>} */
  const all = new Promise((done) => {
    consumer.on('rtp', (packet) => {
      received.push(packet);
      if (received.length === 500) {
        done();
      }
    });
  });

  producer.send(Buffer.alloc(60_000));
  producer.send(Buffer.alloc(1));
  for (let i = 0; i < 500; i++) {
    producer.send(rtp(111, 3000, i + 1, Buffer.alloc(100, i)));
  }
  await all;

  received.forEach((packet, i) => assert.deepEqual(packet.subarray(-100), Buffer.alloc(100, i)));
  const [stats] = await to.getStats();
  assert.equal(stats.rtpBytesSent, received.reduce((sum, packet) => sum + packet.length, 0));
});

test('key frame requests pass between the application and the worker', LIMIT, async () => {
  const from = await router.createDirectTransport();
  const to = await router.createDirectTransport();
  const producer = await produce(from, 'video', 2000);
  /** @type {Promise<Buffer>} */
  const asked = new Promise((done) => {
    from.once('rtcp', done);
  });

  producer.send(rtp(120, 2000, 1, Buffer.from([0x10, 0x01, 0, 0])));
  const request = await asked;
  assert.deepEqual([request[1], request.readUInt32BE(8)], [206, 2000]);

  const consumer = await to.consume({ producerId: producer.id, rtpCapabilities: router.rtpCapabilities });
  const pli = Buffer.from([0x81, 206, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0]);
  pli.writeUInt32BE(consumer.rtpParameters.encodings?.[0]?.ssrc ?? 0, 8);
  to.sendRtcp(pli);
  to.sendRtcp(Buffer.alloc(2000));
  const stats = await consumer.getStats();
  assert.equal(stats[0]?.pliCount, 1);
});

test('two pipe transports are connected with each other, once, by keys of the one suite', LIMIT, async () => {
  /** @type {import('mediasoup').types.PipeTransportOptions} */
  const options = { listenInfo: { protocol: 'udp', ip: '127.0.0.1' }, enableRtx: true, enableSrtp: true };
  const near = await router.createPipeTransport(options);
  const far = await router.createPipeTransport(options);
  const connection = { ip: '127.0.0.1', port: far.tuple.localPort, srtpParameters: far.srtpParameters };
  assert.ok(near.srtpParameters);
  assert.equal(near.srtpParameters.keyBase64.length, 60);

  await assert.rejects(near.connect({ ...connection, srtpParameters: undefined }), TypeError);
  await assert.rejects(
    near.connect({ ...connection, srtpParameters: { ...near.srtpParameters, cryptoSuite: 'AES_CM_128_HMAC_SHA1_80' } }), TypeError);
  await near.connect(connection);
  await assert.rejects(near.connect(connection), (error) => error instanceof Error && error.name === 'Error');
  const dump = await near.dump();
  assert.equal(dump.rtx, true);
  assert.deepEqual(dump.tuple, near.tuple);
  assert.equal(near.tuple.remotePort, far.tuple.localPort);
});
