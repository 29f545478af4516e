import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Controller, createPlain, createWebRtc, LOOPBACK } from './lib/Controller.mjs';
import { vp8KeyFrame } from './lib/vp8.mjs';

/** @typedef {import('mediasoup').types.Transport} Transport */

const EXTENSION = {
  mid: 'urn:ietf:params:rtp-hdrext:sdes:mid',
  absSendTime: 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  transportWide: 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
};

/** @type {Controller} */ let controller;
/** @type {import('mediasoup').types.Router} */ let router;

before(async () => {
  controller = await Controller.start();
  router = await controller.router();
});
after(() => controller?.close());

/** The fields of a transport's statistics that are there at times: all others always are. */
const OPTIONAL_STATS = [
  'sctpState',
  'availableOutgoingBitrate',
  'availableIncomingBitrate',
  'maxIncomingBitrate',
  'maxOutgoingBitrate',
  'minOutgoingBitrate',
  'rtpPacketLossReceived',
  'rtpPacketLossSent',
  'rtcpTuple',
  'iceSelectedTuple',
];
const ALWAYS_STATS = [
  ...['transportId', 'timestamp', 'type', 'bytesReceived', 'recvBitrate', 'bytesSent', 'sendBitrate'],
  ...['rtpBytesReceived', 'rtpRecvBitrate', 'rtpBytesSent', 'rtpSendBitrate'],
  ...['rtxBytesReceived', 'rtxRecvBitrate', 'rtxBytesSent', 'rtxSendBitrate', 'probationBytesSent', 'probationSendBitrate'],
];
const OPTIONAL_DUMP = ['sctpParameters', 'sctpState', 'sctpNegotiatedCapabilities', 'sctpListener', 'rtcpTuple', 'srtpParameters', 'iceSelectedTuple'];
const SCTP = ['sctpParameters', 'sctpState', 'sctpNegotiatedCapabilities', 'sctpListener'];
const CONGESTION = ['availableIncomingBitrate', 'rtpPacketLossReceived'];

/**
 * @typedef {object} TransportCase
 * @property {string} name
 * @property {() => Promise<Transport>} make
 * @property {string[]} stats of the optional fields, those that are there
 * @property {string[]} dump the same of the dump
 */

const listenInfo = /** @type {const} */ ({ protocol: 'udp', ip: LOOPBACK });

/** @type {TransportCase[]} */
const TRANSPORTS = [
  { name: 'plain', make: () => createPlain(router, { rtcpMux: true }), stats: [], dump: [] },
  { name: 'plain with RTCP apart', make: () => createPlain(router, { rtcpMux: false }), stats: ['rtcpTuple'], dump: ['rtcpTuple'] },
  { name: 'plain with SRTP', make: () => createPlain(router, { enableSrtp: true }), stats: [], dump: ['srtpParameters'] },
  { name: 'plain with SCTP', make: () => createPlain(router, { enableSctp: true }), stats: ['sctpState'], dump: SCTP },
  { name: 'WebRTC', make: () => createWebRtc(router), stats: [], dump: [] },
  { name: 'WebRTC with SCTP', make: () => createWebRtc(router, { enableSctp: true }), stats: ['sctpState'], dump: SCTP },
  { name: 'pipe', make: () => router.createPipeTransport({ listenInfo }), stats: [], dump: [] },
  { name: 'pipe with SRTP', make: () => router.createPipeTransport({ listenInfo, enableSrtp: true }), stats: [], dump: ['srtpParameters'] },
  { name: 'pipe with SCTP', make: () => router.createPipeTransport({ listenInfo, enableSctp: true }), stats: ['sctpState'], dump: SCTP },
  { name: 'direct', make: () => router.createDirectTransport(), stats: [], dump: [] },
  { name: 'with an incoming limit', make: () => limited({ maxIncoming: 500_000 }), stats: ['maxIncomingBitrate'], dump: [] },
  { name: 'with an outgoing limit', make: () => limited({ maxOutgoing: 500_000 }), stats: ['maxOutgoingBitrate'], dump: [] },
  { name: 'with an outgoing minimum', make: () => limited({ minOutgoing: 50_000 }), stats: ['minOutgoingBitrate'], dump: [] },
  {
    name: 'whose limits were taken away again',
    make: async () => limited({ maxIncoming: 0, maxOutgoing: 0, minOutgoing: 0 }, await limited({ maxIncoming: 500_000, maxOutgoing: 500_000, minOutgoing: 50_000 })),
    stats: [],
    dump: [],
  },
  { name: 'whose producer sends transport-wide numbers', make: () => producing('transportWide', 'transport-cc'), stats: CONGESTION, dump: [] },
  { name: 'whose producer sends its times', make: () => producing('absSendTime', 'goog-remb'), stats: CONGESTION, dump: [] },
  { name: 'whose producer wants no feedback', make: () => producing('transportWide', undefined), stats: [], dump: [] },
  { name: 'whose producer wants feedback on nothing', make: () => producing('mid', 'transport-cc'), stats: [], dump: [] },
  // The estimate of what receivers can take is not built yet: nothing is told of it.
  { name: 'whose consumer would be told transport-wide numbers', make: consuming, stats: [], dump: [] },
];

for (const { name, make, stats, dump } of TRANSPORTS) {
  test(`a transport ${name} tells ${[...new Set([...stats, ...dump])].join(', ') || 'nothing beside what all tell'}`, async (context) => {
    const transport = await make();
    context.after(() => transport.close());
    const [told] = /** @type {object[]} */ (await transport.getStats());
    assert.deepEqual(present(told, OPTIONAL_STATS), stats.toSorted());
    assert.deepEqual(present(told, ALWAYS_STATS), ALWAYS_STATS.toSorted());
    assert.deepEqual(present(/** @type {object} */ (await transport.dump()), OPTIONAL_DUMP), dump.toSorted());
  });
}

test('a transport tells the identifiers of the header extensions that its producers send, and no others', async (context) => {
  const transport = await producing('transportWide', 'transport-cc');
  context.after(() => transport.close());
  const { recvRtpHeaderExtensions } = /** @type {any} */ (await transport.dump());
  assert.deepEqual(present(recvRtpHeaderExtensions, ['mid', 'rid', 'rrid', 'absSendTime', 'transportWideCc01']), ['transportWideCc01']);
  assert.equal(recvRtpHeaderExtensions.transportWideCc01, 5);
});

/**
 * @typedef {object} StreamCase
 * @property {string} name
 * @property {import('mediasoup').types.RtpEncodingParameters} encoding
 * @property {boolean} [rtx]
 * @property {string[]} stats of rid, rtxSsrc and the layers, what is there
 * @property {string[]} layers
 */

/** @type {StreamCase[]} */
const STREAMS = [
  { name: 'alone', encoding: { ssrc: 7 }, stats: [], layers: [] },
  { name: 'with retransmission', encoding: { ssrc: 7, rtx: { ssrc: 8 } }, rtx: true, stats: ['rtxSsrc'], layers: [] },
  { name: 'with temporal layers', encoding: { ssrc: 7, scalabilityMode: 'L1T3' }, stats: [], layers: ['0.0', '0.1', '0.2'] },
  { name: 'with a RID', encoding: { ssrc: 7, rid: 'r' }, stats: ['rid'], layers: [] },
];

for (const { name, encoding, rtx, stats, layers } of STREAMS) {
  test(`a stream ${name} tells ${[...stats, ...layers].join(', ') || 'nothing beside what all tell'}`, async (context) => {
    const transport = await router.createDirectTransport();
    context.after(() => transport.close());
    const producer = await transport.produce(video({ encoding, rtx }));
    const consumer = await transport.consume({ producerId: producer.id, rtpCapabilities: router.rtpCapabilities });
    assert.deepEqual(await producer.getStats(), []);
    assert.equal((await producer.dump()).rtpStreams, undefined);
    assert.deepEqual(types(await consumer.getStats()), ['outbound-rtp']);

    producer.send(vp8KeyFrame({ ssrc: 7, sequenceNumber: 1 }));
    const [told] = await producer.getStats();
    assert.deepEqual(present(told, ['rid', 'rtxSsrc']), stats.toSorted());
    assert.deepEqual(Object.keys(told.bitrateByLayer), layers);
    const [{ params, rtxStream }] = /** @type {any} */ (await producer.dump()).rtpStreams;
    assert.equal(params.rid, encoding.rid ?? '');
    assert.equal(params.rtxSsrc ?? undefined, encoding.rtx?.ssrc);
    assert.equal(rtxStream?.params.rrid, rtx ? '' : undefined);
    const ofConsumer = await consumer.getStats();
    assert.deepEqual(types(ofConsumer), ['outbound-rtp', 'inbound-rtp']);
    // A consumer of a router that knows RTX always has it.
    assert.equal(ofConsumer[0].rtxSsrc, consumer.rtpParameters.encodings?.[0].rtx?.ssrc);
  });
}

test('a consumer of several encodings tells of the one that it sends, one for a pipe of none', async (context) => {
  const transport = await router.createDirectTransport();
  const pipe = await router.createPipeTransport({ listenInfo });
  context.after(() => [transport, pipe].forEach((made) => made.close()));
  const { rtpParameters, ...options } = video({ encoding: { ssrc: 21 } });
  const producer = await transport.produce({ ...options, rtpParameters: { ...rtpParameters, mid: 'm', encodings: [{ ssrc: 21 }, { ssrc: 22 }] } });
  const consumer = await transport.consume({ producerId: producer.id, rtpCapabilities: router.rtpCapabilities });
  const piped = await pipe.consume({ producerId: producer.id });
  assert.deepEqual(types(await consumer.getStats()), ['outbound-rtp']);
  assert.deepEqual(types(await piped.getStats()), ['outbound-rtp', 'outbound-rtp']);

  for (let sequenceNumber = 1; sequenceNumber < 4; sequenceNumber++) {
    producer.send(vp8KeyFrame({ ssrc: 22, sequenceNumber }));
  }
  const told = await consumer.getStats();
  assert.deepEqual(types(told), ['outbound-rtp', 'inbound-rtp']);
  assert.equal(told[1].ssrc, 22);
  assert.deepEqual(types(await producer.getStats()), ['inbound-rtp']);
  assert.deepEqual(types(await piped.getStats()), ['outbound-rtp', 'outbound-rtp']);
});

const DATA_PRODUCER_STATS = ['type', 'timestamp', 'label', 'protocol', 'messagesReceived', 'bytesReceived'];
const DATA_CONSUMER_STATS = ['type', 'timestamp', 'label', 'protocol', 'messagesSent', 'bytesSent', 'bufferedAmount'];

test('data tells its stream over SCTP, and none through the controller', async (context) => {
  const sctp = await createPlain(router, { enableSctp: true });
  const direct = await router.createDirectTransport();
  context.after(() => [sctp, direct].forEach((made) => made.close()));
  const ofSctp = await sctp.produceData({ sctpStreamParameters: { streamId: 3, ordered: true } });
  const ofDirect = await direct.produceData({ label: 'l', protocol: 'p' });
  const toDirect = await direct.consumeData({ dataProducerId: ofDirect.id });
  const toSctp = await sctp.consumeData({ dataProducerId: ofDirect.id });
  for (const [entity, stream] of /** @type {const} */ ([[ofSctp, true], [ofDirect, false], [toDirect, false], [toSctp, true]])) {
    assert.equal(/** @type {any} */ (await entity.dump()).sctpStreamParameters !== undefined, stream);
  }

  ofDirect.send('hello');
  const [produced] = await ofDirect.getStats();
  assert.deepEqual(Object.keys(produced).toSorted(), DATA_PRODUCER_STATS.toSorted());
  assert.deepEqual([produced.label, produced.protocol, produced.messagesReceived, produced.bytesReceived], ['l', 'p', 1, 5]);
  const [consumed] = await toDirect.getStats();
  assert.deepEqual(Object.keys(consumed).toSorted(), DATA_CONSUMER_STATS.toSorted());
  assert.deepEqual([consumed.label, consumed.protocol, consumed.messagesSent, consumed.bytesSent, consumed.bufferedAmount], ['l', 'p', 1, 5, 0]);
});

test('the worker reported no error', () => {
  assert.deepEqual(controller.errors, []);
});

/**
 * Those of the names that an object has a value for.
 *
 * @param {object} object
 * @param {string[]} names
 */
function present(object, names) {
  const values = /** @type {Record<string, unknown>} */ (object);
  return names.filter((name) => values[name] !== undefined && values[name] !== null).toSorted();
}

/** @param {{ type: string }[]} stats */
function types(stats) {
  return stats.map(({ type }) => type);
}

/**
 * @param {{ maxIncoming?: number, maxOutgoing?: number, minOutgoing?: number }} limits
 * @param {Transport} [made]
 */
async function limited({ maxIncoming, maxOutgoing, minOutgoing }, made) {
  const transport = made ?? (await createWebRtc(router));
  if (maxIncoming !== undefined) {
    await transport.setMaxIncomingBitrate(maxIncoming);
  }
  if (maxOutgoing !== undefined) {
    await transport.setMaxOutgoingBitrate(maxOutgoing);
  }
  if (minOutgoing !== undefined) {
    await transport.setMinOutgoingBitrate(minOutgoing);
  }
  return transport;
}

/**
 * A transport with a producer.
 *
 * @param {keyof typeof EXTENSION} extension
 * @param {'transport-cc' | 'goog-remb' | undefined} feedback
 */
async function producing(extension, feedback) {
  const transport = await createWebRtc(router);
  await transport.produce(video({ encoding: { ssrc: 7 }, extension, feedback }));
  return transport;
}

async function consuming() {
  const source = await producing('transportWide', 'transport-cc');
  const transport = await createWebRtc(router);
  const [producerId] = /** @type {any} */ (await source.dump()).producerIds;
  await transport.consume({ producerId, rtpCapabilities: router.rtpCapabilities });
  transport.observer.once('close', () => source.close());
  return transport;
}

/**
 * @param {{ encoding: import('mediasoup').types.RtpEncodingParameters, rtx?: boolean, extension?: keyof typeof EXTENSION, feedback?: string }} what
 * @returns {import('mediasoup').types.ProducerOptions}
 */
function video({ encoding, rtx, extension, feedback }) {
  const rtcpFeedback = [{ type: 'nack' }, ...(feedback ? [{ type: feedback }] : [])];
  return {
    kind: 'video',
    rtpParameters: {
      codecs: [
        { mimeType: 'video/VP8', payloadType: 96, clockRate: 90000, rtcpFeedback },
        ...(rtx ? [{ mimeType: 'video/rtx', payloadType: 97, clockRate: 90000, parameters: { apt: 96 } }] : []),
      ],
      headerExtensions: extension
        ? [{ uri: /** @type {import('mediasoup').types.RtpHeaderExtensionUri} */ (EXTENSION[extension]), id: 5 }]
        : [],
      encodings: [encoding],
      rtcp: { cname: 'presence' },
    },
  };
}
