const IDLE_BEFORE_PING_MS = 60_000;
const PONG_GRACE_MS = 10_000;

/**
 * Pings a WebSocket that has been silent for a minute and drops it when nothing comes back within ten seconds more.
 *
 * @param {import('ws').WebSocket} socket
 */
export function keepAlive(socket) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      socket.ping();
      timer = setTimeout(() => socket.terminate(), PONG_GRACE_MS);
    }, IDLE_BEFORE_PING_MS);
  };
  for (const event of ['message', 'ping', 'pong']) {
    socket.on(event, heard);
  }
  socket.on('close', () => clearTimeout(timer));
  heard();
}
