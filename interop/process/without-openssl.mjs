// Run by openssl.test.mjs where OpenSSL cannot be loaded: asks for a transport and prints what came of it.
import { createRequire } from 'node:module';

const mediasoup = createRequire(new URL('../controller/node_modules/mediasoup/package.json', import.meta.url))('mediasoup');

const worker = await mediasoup.createWorker({ workerBin: process.env.WORKER });
const router = await worker.createRouter();
let refusal = '';
try {
  await router.createPlainTransport({ listenInfo: { protocol: 'udp', ip: '127.0.0.1' } });
} catch (error) {
  refusal = /** @type {Error} */ (error).message;
}
const { routerIds } = await worker.dump();
console.log(JSON.stringify({ refusal, routers: routerIds.length }));
worker.close();
