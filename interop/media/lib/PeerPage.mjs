import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { LOOPBACK } from './Controller.mjs';

/** A page with mediasoup-client that a BrowserPeer drives, served on loopback: browsers give no camera to other pages. */
export class PeerPage {
  /** @param {string | URL} [script] what the page does: a file of the folder `page`, or one elsewhere */
  static async serve(script = 'peer.js') {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL(script, new URL('../page/', import.meta.url)))],
      // mediasoup-client is a dependency of the room: once is enough.
      nodePaths: [fileURLToPath(new URL('../../room/node_modules', import.meta.url))],
      bundle: true,
      write: false,
      format: 'iife',
      target: 'es2022',
      logLevel: 'error',
    });
    const html = `<!doctype html><meta charset="utf-8"><title>peer</title><body><script>${outputFiles[0].text.replaceAll('</script', '<\\/script')}</script>`;
    const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(html));
    server.listen(0, LOOPBACK);
    await once(server, 'listening');
    return new PeerPage(server);
  }

  /** @param {import('node:http').Server} server */
  constructor(server) {
    this.server = server;
  }

  get url() {
    return `http://${LOOPBACK}:${/** @type {import('node:net').AddressInfo} */ (this.server.address()).port}/`;
  }

  close() {
    this.server.close();
    this.server.closeAllConnections();
  }
}
