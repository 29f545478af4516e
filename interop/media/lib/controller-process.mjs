// A controller to be killed: a worker with a stream through it, whose ports it tells.
import { Controller, createPlain, LOOPBACK } from './Controller.mjs';
import { producerOptions } from './Codec.mjs';

const [receiverPort] = process.argv.slice(2).map(Number);
const controller = await Controller.start();
const router = await controller.router();
const up = await createPlain(router, { comedia: true, rtcpMux: true });
const producer = await up.produce(producerOptions('vp8', 1));
const down = await createPlain(router, { rtcpMux: true });
await down.connect({ ip: LOOPBACK, port: receiverPort });
await down.consume({ producerId: producer.id, rtpCapabilities: router.rtpCapabilities });
console.log(JSON.stringify({ worker: controller.worker.pid, port: up.tuple.localPort }));
