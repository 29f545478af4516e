import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Controller } from './lib/Controller.mjs';

const MS_A_TICK = 10;
/** The order of getrusage(2), which is that of the answer. */
const FIELDS = [
  ...['ru_utime', 'ru_stime', 'ru_maxrss', 'ru_ixrss', 'ru_idrss', 'ru_isrss', 'ru_minflt', 'ru_majflt', 'ru_nswap'],
  ...['ru_inblock', 'ru_oublock', 'ru_msgsnd', 'ru_msgrcv', 'ru_nsignals', 'ru_nvcsw', 'ru_nivcsw'],
];
/** What Linux does not count. */
const UNUSED = ['ru_ixrss', 'ru_idrss', 'ru_isrss', 'ru_nswap', 'ru_msgsnd', 'ru_msgrcv', 'ru_nsignals'];

test('what a worker says it used is what the system counted for its process', { skip: !existsSync('/proc/self/task') }, async (context) => {
  const controller = await Controller.start();
  context.after(() => controller.close());
  // So that each number is a different one.
  const routers = await Promise.all(Array.from({ length: 50 }, () => controller.router()));
  await Promise.all(routers.map((router) => router.dump()));

  const { pid } = controller.worker;
  const before = counted(pid);
  const usage = /** @type {Record<string, number>} */ (/** @type {unknown} */ (await controller.worker.getResourceUsage()));
  const later = counted(pid);
  context.diagnostic(JSON.stringify(usage));
  assert.deepEqual(Object.keys(usage), FIELDS);
  for (const name of UNUSED) {
    assert.equal(usage[name], 0, name);
  }
  for (const [name, least] of Object.entries(before)) {
    const most = later[name];
    assert.ok(usage[name] >= least - slack(name) && usage[name] <= most + slack(name), `${name}: ${usage[name]}, counted ${least} to ${most}`);
  }
});

/** @param {string} name */
function slack(name) {
  // Times are rounded to ticks, and threads that ended are in the worker's own figure alone.
  return { ru_utime: 2 * MS_A_TICK, ru_stime: 2 * MS_A_TICK, ru_nvcsw: 20, ru_nivcsw: 20, ru_maxrss: 256 }[name] ?? 0;
}

/**
 * The same figures out of /proc.
 *
 * @param {number} pid
 * @returns {Record<string, number>}
 */
function counted(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ').map(Number);
  const status = (/** @type {string} */ file, /** @type {string} */ name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(file, 'utf8'))?.[1]);
  const threads = readdirSync(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}/status`);
  const sum = (/** @type {string} */ name) => threads.reduce((total, file) => total + status(file, name), 0);
  return {
    ru_minflt: stat[7],
    ru_majflt: stat[9],
    ru_utime: stat[11] * MS_A_TICK,
    ru_stime: stat[12] * MS_A_TICK,
    ru_maxrss: status(`/proc/${pid}/status`, 'VmHWM'),
    ru_nvcsw: sum('voluntary_ctxt_switches'),
    ru_nivcsw: sum('nonvoluntary_ctxt_switches'),
  };
}
