/**
 * How a channel delivers. The limits are such that on a loopback, where nothing is lost but what met a full socket, nobody reaches them.
 *
 * @type {Record<string, { ordered: boolean, maxRetransmits?: number, maxPacketLifeTime?: number }>}
 */
export const MODES = {
  'ordered and reliable': { ordered: true },
  'unordered and reliable': { ordered: false },
  'limited by retransmissions': { ordered: false, maxRetransmits: 10 },
  'limited by lifetime': { ordered: false, maxPacketLifeTime: 60_000 },
};

/** @typedef {typeof MODES[string]} Mode */
