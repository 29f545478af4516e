import { STATUS_CODES } from 'node:http';
import { WebSocketServer } from 'ws';
import { keepAlive } from './keepAlive.mjs';

const SUBPROTOCOL = 'protoo';

/** Frames and whole messages above this end the connection with close code 1009. */
const MAX_MESSAGE_BYTES = 960_000;

/** How long a client gets to answer our close frame when the server stops. */
const GOODBYE_MS = 1_000;

/**
 * @typedef {{ roomId: string, peerId: string, consumerReplicas: number }} JoinAddress
 * @typedef {() => import('ws').WebSocket | undefined} Upgrade Completes the handshake; undefined when the client has gone.
 * @typedef {(address: JoinAddress, upgrade: Upgrade) => Promise<void>} Admit Prepares the room, then takes the socket.
 */

/**
 * Accepts WebSockets that speak protoo on an HTTP server.
 *
 * @param {import('node:http').Server} httpServer
 * @param {Admit} admit
 * @returns {() => Promise<void>} ends every connection with code 1001, after which clients try to come back
 */
export function listenForProtoo(httpServer, admit) {
  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: () => SUBPROTOCOL,
  });
  // One admission at a time: two first peers must not create the same room twice.
  let queue = Promise.resolve();

  httpServer.on('upgrade', (request, socket, head) => {
    // The client may vanish while it waits for its turn.
    socket.on('error', () => socket.destroy());

    if (!offersProtoo(request)) {
      refuse(socket, 403, 'invalid/missing Sec-WebSocket-Protocol');
      return;
    }
    const address = joinAddress(request);
    if (address === undefined) {
      refuse(socket, 400, 'Connection request without roomId and/or peerId');
      return;
    }
    queue = queue.then(async () => {
      try {
        await admit(address, () => upgrade(request, socket, head));
      } catch (error) {
        refuse(socket, 500, error instanceof Error ? error.message : String(error));
      }
    });
  });

  return () => goAway([...webSockets.clients]);

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:stream').Duplex} socket
   * @param {Buffer} head
   */
  function upgrade(request, socket, head) {
    /** @type {import('ws').WebSocket | undefined} */
    let accepted;
    // Calls back before it returns, or not at all.
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      keepAlive(webSocket);
      accepted = webSocket;
    });
    return accepted;
  }
}

/** @param {import('ws').WebSocket[]} sockets */
async function goAway(sockets) {
  const ends = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
  sockets.forEach((socket) => socket.close(1001));
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const patience = new Promise((resolve) => (timer = setTimeout(resolve, GOODBYE_MS)));
  await Promise.race([Promise.all(ends), patience]);
  clearTimeout(timer);
  sockets.forEach((socket) => socket.terminate());
}

/** @param {import('node:http').IncomingMessage} request */
function offersProtoo(request) {
  const offered = request.headers['sec-websocket-protocol'] ?? '';
  return offered.split(',').some((name) => name.trim() === SUBPROTOCOL);
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @returns {JoinAddress | undefined}
 */
function joinAddress(request) {
  const query = new URL(request.url ?? '/', 'http://unused').searchParams;
  const roomId = query.get('roomId');
  const peerId = query.get('peerId');
  if (!roomId || !peerId) {
    return undefined;
  }
  // The public page sends the word "undefined" when it wants none.
  const consumerReplicas = Number(query.get('consumerReplicas')) || 0;
  return { roomId, peerId, consumerReplicas };
}

/**
 * @param {import('node:stream').Duplex} socket
 * @param {number} status
 * @param {string} reason
 */
function refuse(socket, status, reason) {
  // A header value holds no control characters, and an error message may.
  const headerValue = reason.replace(/[^\x20-\x7e]/g, ' ');
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n` +
      `Connection: close\r\nX-WebSocket-Reject-Reason: ${headerValue}\r\n\r\n`,
  );
}
