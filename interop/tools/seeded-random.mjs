/**
 * A source of numbers in [0, 1) that repeats itself for the same seed (a 32-bit xorshift: good enough to lose packets by).
 *
 * @param {number} seed
 * @returns {() => number}
 */
export function seededRandom(seed) {
  // Zero is the one state that xorshift never leaves.
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
