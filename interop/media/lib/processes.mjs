import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Whether processes can be looked at here. */
export const SEES_PROCESSES = existsSync('/proc/self/stat');

/** A process, its children, theirs and so on: those that live. @param {number} root @returns {number[]} */
export function family(root) {
  /** @type {Map<number, number>} */
  const parents = new Map();
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) && parentOf(Number(name));
    if (parent) {
      parents.set(Number(name), parent);
    }
  }
  const members = parents.has(root) ? [root] : [];
  for (const member of members) {
    members.push(...[...parents].filter(([, parent]) => parent === member).map(([pid]) => pid));
  }
  return members;
}

/** Those of the processes that still run; one that ended and that nobody has waited for yet does not. @param {number[]} pids */
export function alive(pids) {
  return pids.filter((pid) => parentOf(pid) !== undefined);
}

/** @param {number} pid */
function parentOf(pid) {
  try {
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
    return state === 'Z' || state === 'X' ? undefined : Number(parent);
  } catch {
    return undefined;
  }
}
