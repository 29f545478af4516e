import { createServer as createPlainServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { once } from 'node:events';
import sirv from 'sirv';
import { selfSignedCertificate } from './selfSignedCertificate.mjs';

/**
 * Serves the built page. Browsers give camera and microphone to https pages and to the machine's own loopback address,
 * so anything else gets a certificate made on the spot.
 *
 * @param {{ directory: string, host: string, port: number, secure: boolean }} options
 * @returns {Promise<import('node:http').Server>} listening; rejects with the system's error when the port is taken
 */
export async function createHttpServer({ directory, host, port, secure }) {
  const files = sirv(directory, { etag: true });
  /** @type {import('node:http').RequestListener} */
  const serve = (request, response) =>
    files(request, response, () => {
      response.writeHead(404).end('Not found\n');
    });
  const server = secure ? createSecureServer(await selfSignedCertificate(host), serve) : createPlainServer(serve);
  server.listen(port, host);
  await once(server, 'listening');
  return server;
}
