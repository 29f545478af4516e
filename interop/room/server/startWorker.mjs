import { readlinkSync, realpathSync } from 'node:fs';
import * as mediasoup from 'mediasoup';

/**
 * Starts a media worker from one particular binary.
 *
 * @param {string} workerBin
 * @returns {Promise<{ worker: import('mediasoup').types.Worker, errors: string[] }>}
 *   the worker, and a list that grows by every error line it logs or writes to its stderr
 */
export async function startWorker(workerBin) {
  /** @type {string[]} */
  const errors = [];
  mediasoup.setLogEventListeners({
    onerror: (_namespace, line) => {
      errors.push(line);
      console.error(`worker: ${line}`);
    },
  });
  const worker = await mediasoup
    .createWorker({ workerBin, logLevel: 'warn', rtcMinPort: 40000, rtcMaxPort: 49999 })
    .catch((error) => {
      throw new Error(`the worker ${workerBin} did not start ${error.message}`);
    });
  try {
    assertRuns(worker.pid, workerBin);
  } catch (error) {
    worker.close();
    throw error;
  }
  return { worker, errors };
}

/**
 * The package's install step would fetch the C++ worker, so make sure that it is not what runs.
 *
 * @param {number} pid
 * @param {string} workerBin
 */
function assertRuns(pid, workerBin) {
  // Only Linux says which file a process was started from.
  if (process.platform !== 'linux') {
    return;
  }
  const executable = readlinkSync(`/proc/${pid}/exe`);
  const expected = realpathSync(workerBin);
  if (executable !== expected) {
    throw new Error(`the worker process runs ${executable}, not ${expected}`);
  }
}
