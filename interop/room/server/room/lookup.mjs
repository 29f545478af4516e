/** @param {import('./Peer.mjs').Peer} peer */
export function mustHaveJoined(peer) {
  if (!peer.joined) {
    throw new Error('Peer not yet joined');
  }
}

/**
 * @template T
 * @param {Map<string, T>} objects
 * @param {string} what
 * @param {string} id
 * @returns {T}
 */
export function find(objects, what, id) {
  const found = objects.get(id);
  if (!found) {
    throw new Error(`${what} with id "${id}" not found`);
  }
  return found;
}
