// What `run.sh --check` runs: a short call between two headless pages, told in one line.

import { describe } from './frames.mjs';
import { TwoPartyCall } from './TwoPartyCall.mjs';

const SECONDS = 6;

/** Much lower than in the tests: this says whether media flows at all, on any machine, however busy. */
const MIN_DECODED_PART = 0.5;

let call;
try {
  call = await TwoPartyCall.start();
  const ways = await call.measure(SECONDS);
  const works = ways.every(({ decodedPart, audioEnergy }) => decodedPart >= MIN_DECODED_PART && audioEnergy > 0);
  report(works, ways.map(describe).join('; '));
} catch (error) {
  report(false, error instanceof Error ? error.message : String(error));
} finally {
  await call?.close();
}

/** @param {boolean} works @param {string} details */
function report(works, details) {
  console.log(`${works ? 'Check passed' : 'Check FAILED'}: ${details}`);
  process.exitCode = works ? 0 : 1;
}
