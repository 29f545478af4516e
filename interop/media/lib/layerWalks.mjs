import { seededRandom } from '../../tools/seeded-random.mjs';

/**
 * @typedef {import('./layerModes.mjs').LayerMode} LayerMode
 * @typedef {import('./Viewer.mjs').Layers} Layers
 */

/** All layers that a mode has, the best first. @param {LayerMode} mode @returns {Layers[]} */
export function allLayers({ widths, temporalLayers }) {
  return widths
    .flatMap((_, spatialLayer) => Array.from({ length: temporalLayers }, (_, temporalLayer) => ({ spatialLayer, temporalLayer })))
    .reverse();
}

/**
 * Layers in random order, of which each is another than the one before: of another size, if there is more than one.
 *
 * @param {LayerMode} mode
 * @param {number} count
 * @param {number} seed
 * @param {{ fullRate?: boolean }} [options] whether only sizes change, and the rate stays the highest
 */
export function randomLayers(mode, count, seed, { fullRate = false } = {}) {
  const random = seededRandom(seed);
  const all = allLayers(mode).filter(({ temporalLayer }) => !fullRate || temporalLayer === mode.temporalLayers - 1);
  /** @type {Layers[]} */ const walk = [];
  while (walk.length < count) {
    const next = all[Math.floor(random() * all.length)];
    const last = walk.at(-1);
    const isOther = mode.widths.length > 1 ? next.spatialLayer !== last?.spatialLayer : next !== last || all.length === 1;
    if (isOther) {
      walk.push(next);
    }
  }
  return walk;
}

/**
 * @param {number[]} values
 * @param {number} part 0 for the least, 0.5 for the median, 1 for the greatest
 */
export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * part)];
}
