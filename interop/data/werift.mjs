// How fast werift does what the load test's scenario "data" does with a worker: messages of 16 KiB, ordered and reliable, over SCTP and DTLS
// on loopback, no more than 64 under way. Two peers of werift in one process are connected to one another, with nothing between them. Its work
// for a message is therefore that of one sender and one receiver, as a worker's is: it receives from one peer and sends to another.
//
// node werift.mjs [--seconds 8]
import { parseArgs } from 'node:util';
import { RTCPeerConnection } from 'werift';

const MESSAGE_SIZE = 16 * 1024;
const WINDOW = 64;
const LOOPBACK = '127.0.0.1';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '8' } } });
const seconds = Number(values.seconds);

const options = { iceServers: [], iceAdditionalHostAddresses: [LOOPBACK], iceUseIpv6: false };
const [from, to] = [new RTCPeerConnection(options), new RTCPeerConnection(options)];
const outgoing = from.createDataChannel('data', { ordered: true });
/** @type {Promise<import('werift').RTCDataChannel>} */
const arrived = new Promise((resolve) => to.onDataChannel.subscribe(resolve));
const opened = new Promise((resolve) => outgoing.stateChanged.subscribe((state) => state === 'open' && resolve(undefined)));
await from.setLocalDescription(await from.createOffer());
await to.setRemoteDescription(/** @type {any} */ (from.localDescription));
await to.setLocalDescription(await to.createAnswer());
await from.setRemoteDescription(/** @type {any} */ (to.localDescription));
const [incoming] = await Promise.all([arrived, opened]);

let sent = 0;
let received = 0;
let wrong = 0;
const message = Buffer.alloc(MESSAGE_SIZE, 'bisque');
incoming.onMessage.subscribe((data) => {
  wrong += Buffer.isBuffer(data) && data.length === MESSAGE_SIZE && data.readUInt32BE() === received ? 0 : 1;
  received++;
  fill();
});
fill();

// The first second is warming up.
await new Promise((resolve) => setTimeout(resolve, 1000));
const before = { received, cpu: process.cpuUsage(), time: performance.now() };
await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
const elapsed = (performance.now() - before.time) / 1000;
const cpu = process.cpuUsage(before.cpu);
const messages = received - before.received;
console.log(
  `werift: ${((messages * MESSAGE_SIZE) / elapsed / 1e6).toFixed(2)} MB/s, ${((cpu.user + cpu.system) / messages).toFixed(0)} us of CPU a message, ` +
    `${messages} messages${wrong ? `, ${wrong} WRONG` : ''}`,
);
process.exit(wrong ? 1 : 0);

function fill() {
  for (; sent - received < WINDOW; sent++) {
    const next = Buffer.from(message);
    next.writeUInt32BE(sent);
    outgoing.send(next);
  }
}
