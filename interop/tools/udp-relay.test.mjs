import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { test } from 'node:test';
import { seededRandom } from './seeded-random.mjs';
import { UdpRelay } from './udp-relay.mjs';

const LOOPBACK = '127.0.0.1';

test('each client gets the answers to its own datagrams', async (context) => {
  const echo = await openSocket(context);
  echo.on('message', (datagram, from) => echo.send(`echo ${datagram}`, from.port, LOOPBACK));
  const relay = await openRelay(context, echo, 0);

  const clients = [await openSocket(context), await openSocket(context)];
  const answers = await Promise.all(
    clients.map(async (client, i) => {
      client.send(`from ${i}`, relay.port, LOOPBACK);
      return String((await once(client, 'message'))[0]);
    }),
  );
  assert.deepEqual(answers, ['echo from 0', 'echo from 1']);
  assert.equal(relay.forwarded, 4);
});

test('a relay that loses everything lets nothing through', async (context) => {
  const target = await openSocket(context);
  target.on('message', () => assert.fail('it came through'));
  const relay = await openRelay(context, target, 1);
  const client = await openSocket(context);
  client.send('lost', relay.port, LOOPBACK);
  while (relay.dropped === 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.equal(relay.forwarded, 0);
});

test('the same seed loses the same datagrams, about as many as it should', () => {
  const [first, second] = [seededRandom(7), seededRandom(7)];
  const draws = Array.from({ length: 10_000 }, first);
  assert.deepEqual(draws, Array.from({ length: 10_000 }, second));
  const lost = draws.filter((draw) => draw < 0.05).length;
  assert.ok(lost > 400 && lost < 600, `${lost} of 10000 lost`);
});

/** @param {import('node:test').TestContext} context */
async function openSocket(context) {
  const socket = createSocket('udp4');
  context.after(() => socket.close());
  socket.bind(0, LOOPBACK);
  await once(socket, 'listening');
  return socket;
}

/**
 * @param {import('node:test').TestContext} context
 * @param {import('node:dgram').Socket} target
 * @param {number} loss
 */
async function openRelay(context, target, loss) {
  const relay = await UdpRelay.open(target.address(), { loss, random: seededRandom(1) });
  context.after(() => relay.close());
  return relay;
}
