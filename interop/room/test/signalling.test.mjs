import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { RoomServer } from '../server/RoomServer.mjs';
import { FakeWorker } from './FakeWorker.mjs';
import { TestClient } from './TestClient.mjs';

/** @type {RoomServer} */ let server;
/** @type {FakeWorker} */ let worker;

before(async () => {
  worker = new FakeWorker();
  server = await RoomServer.start({
    host: '127.0.0.1',
    port: 0,
    secure: false,
    iceAddresses: ['127.0.0.1'],
    workerBin: '/nonexistent',
    pageDirectory: fileURLToPath(new URL('../page', import.meta.url)),
    createWorker: async () => ({ worker: /** @type {any} */ (worker), errors: [] }),
  });
});
after(() => server.close());

/** @param {string} roomId @param {string} peerId */
const connect = (roomId, peerId) => TestClient.connect(server.url, `roomId=${roomId}&peerId=${peerId}`);

test('a connection without the subprotocol, the room or the peer is refused', async () => {
  assert.equal((await TestClient.refusal(server.url, 'roomId=r&peerId=p', [])).status, 403);
  assert.deepEqual(await TestClient.refusal(server.url, 'roomId=r'), {
    status: 400,
    reason: 'Connection request without roomId and/or peerId',
  });
  assert.equal((await TestClient.refusal(server.url, 'peerId=p')).status, 400);
});

test('the first message tells the version', async () => {
  const client = await connect('version', 'a');
  const { version } = await client.heard('mediasoup-version');
  assert.match(version, /^\d+\.\d+\.\d+$/);
  assert.equal(client.received[0].notification, true);
});

test('an unknown method is an error of code 500 and leaves the connection usable', async () => {
  const client = await connect('unknown', 'a');
  const response = await client.requestRaw('fly', {});
  assert.equal(response.errorCode, 500);
  assert.equal(response.errorReason, 'unknown request.method "fly"');
  assert.equal(response.ok, undefined);
  assert.ok((await client.request('getRouterRtpCapabilities')).codecs);
});

test('throttling is refused with 403', async () => {
  const client = await connect('throttle', 'a');
  assert.equal((await client.requestRaw('applyNetworkThrottle', {})).errorCode, 403);
});

test('what is no protoo message is dropped without a word', async () => {
  const client = await connect('garbage', 'a');
  for (const text of ['{', '[]', 'null', '7', '{"request":true,"id":"1","method":"join"}', '{"request":true,"id":1}']) {
    client.socket.send(text);
  }
  client.socket.send(Buffer.from([1, 2, 3]));
  await client.request('getRouterRtpCapabilities');
  assert.deepEqual(client.received.map((message) => message.method ?? 'response'), ['mediasoup-version', 'response']);
});

test('a message above the limit ends the connection with 1009', async () => {
  const client = await connect('large', 'a');
  client.socket.send('x'.repeat(960_001));
  assert.equal((await client.closing).code, 1009);
});

test('producing before joining is refused, and joining twice too', async () => {
  const client = await connect('order', 'a');
  await assert.rejects(client.request('produce', {}), /Peer not yet joined/);
  await client.join('Alice');
  await assert.rejects(client.request('join', {}), /Peer already joined/);
});

test('a newcomer gets the answer first, then the media of those who are there', async () => {
  const alice = await connect('order2', 'alice');
  const { peers, sendingTransportId } = await alice.join('Alice');
  assert.deepEqual(peers, []);
  const { id } = await alice.request('produce', { transportId: sendingTransportId, kind: 'video', appData: {} });

  const bob = await connect('order2', 'bob');
  const joined = await bob.join('Bob');
  assert.deepEqual(joined.peers, [{ id: 'alice', displayName: 'Alice', device: {} }]);
  const offer = await bob.heard('newConsumer');
  assert.equal(offer.peerId, 'alice');
  assert.equal(offer.producerId, id);
  assert.deepEqual(offer.appData, { peerId: 'alice' });
  const answer = bob.received.findIndex((message) => message.data?.peers);
  assert.ok(answer < bob.received.findIndex((message) => message.method === 'newConsumer'));
  assert.deepEqual(await alice.heard('newPeer'), { id: 'bob', displayName: 'Bob', device: {} });
});

test('a consumer stays paused until the client has answered', async () => {
  const { alice, bob, sendingTransportId } = await pair('paused');
  bob.answersRequests = false;
  await alice.request('produce', { transportId: sendingTransportId, kind: 'video', appData: {} });
  const { id } = await bob.heard('newConsumer');
  const consumer = consumerOf('paused', 'bob', id);
  assert.equal(consumer.paused, true);

  const offer = await bob.next((message) => message.method === 'newConsumer');
  bob.socket.send(JSON.stringify({ response: true, id: offer.id, ok: true }));
  await bob.heard('consumerScore');
  assert.equal(consumer.paused, false);
});

test('pausing, resuming and closing a producer is told to those who consume it', async () => {
  const { alice, bob, sendingTransportId } = await pair('pausing');
  const { id: producerId } = await alice.request('produce', { transportId: sendingTransportId, kind: 'audio', appData: {} });
  const { id: consumerId } = await bob.heard('newConsumer');
  await alice.request('pauseProducer', { producerId });
  assert.deepEqual(await bob.heard('consumerPaused'), { consumerId });
  await alice.request('resumeProducer', { producerId });
  assert.deepEqual(await bob.heard('consumerResumed'), { consumerId });
  await alice.request('closeProducer', { producerId });
  assert.deepEqual(await bob.heard('consumerClosed'), { consumerId });
  await assert.rejects(alice.request('pauseProducer', { producerId }), /not found/);
});

test('statistics are arrays', async () => {
  const { alice, sendingTransportId } = await pair('stats');
  assert.ok(Array.isArray(await alice.request('getTransportStats', { transportId: sendingTransportId })));
});

test('a leaving peer is announced and its media closed', async () => {
  const { alice, bob, sendingTransportId } = await pair('leaving');
  await alice.request('produce', { transportId: sendingTransportId, kind: 'video', appData: {} });
  const { id } = await bob.heard('newConsumer');
  alice.socket.close();
  assert.deepEqual(await bob.heard('peerClosed'), { peerId: 'alice' });
  assert.deepEqual(await bob.heard('consumerClosed'), { consumerId: id });
});

test('a failed media path closes the peer for good', async () => {
  const { alice, bob, sendingTransportId } = await pair('failing');
  server.rooms.get('failing')?.peers.get('alice')?.transports.get(sendingTransportId)?.emit('dtlsstatechange', 'failed');
  assert.deepEqual(await alice.closing, { code: 4000, reason: 'closed by protoo-server' });
  await bob.heard('peerClosed');
});

test('a lone peer that connects again replaces itself in a living room', async () => {
  const first = await connect('again', 'a');
  await first.join('A');
  const router = server.rooms.get('again')?.router;
  const second = await connect('again', 'a');
  assert.equal((await first.closing).code, 4000);
  await second.join('A');
  assert.equal(server.rooms.get('again')?.router, router);
  assert.equal(router?.closed, false);
});

test('the last peer takes the room along', async () => {
  const client = await connect('last', 'a');
  const room = server.rooms.get('last');
  const closed = new Promise((resolve) => room?.once('close', () => resolve(undefined)));
  client.socket.close();
  await closed;
  assert.equal(room?.router.closed, true);
  assert.equal(server.rooms.get('last'), undefined);
});

/** Two peers who have joined. @param {string} roomId */
async function pair(roomId) {
  const alice = await connect(roomId, 'alice');
  const { sendingTransportId } = await alice.join('Alice');
  const bob = await connect(roomId, 'bob');
  await bob.join('Bob');
  return { alice, bob, sendingTransportId };
}

/** @param {string} roomId @param {string} peerId @param {string} consumerId */
function consumerOf(roomId, peerId, consumerId) {
  const consumer = server.rooms.get(roomId)?.peers.get(peerId)?.consumers.get(consumerId);
  assert.ok(consumer);
  return consumer;
}
