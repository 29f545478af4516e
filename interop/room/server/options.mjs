import { existsSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { UdpRelays } from './UdpRelays.mjs';

export const USAGE = `Usage: node server/main.mjs [options]

  --lan                 serve the local network over https instead of this machine over http
  --relay loss=N[,seed=N]  lose this part (0 to 1) of all media datagrams, to see how a call copes
  --help                this text

Environment: PORT (default 3000), WORKER or BISQUE_WORKER (the media worker's binary)
`;

const BUILT_WORKER = fileURLToPath(new URL('../../../artifacts/worker/bisque-worker', import.meta.url));
const LOOPBACK = '127.0.0.1';

/** A mistake of whoever started us, told in one line. */
export class UsageError extends Error {}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {import('./RoomServer.mjs').RoomServerOptions | 'help'}
 */
export function readOptions(args, env) {
  const { lan, relay, help } = parse(args);
  if (help) {
    return 'help';
  }
  const lanAddress = firstLanAddress();
  if (lan && !lanAddress) {
    throw new UsageError('--lan: this machine has no address but loopback');
  }
  return {
    host: lan ? String(lanAddress) : LOOPBACK,
    port: portFrom(env.PORT),
    secure: Boolean(lan),
    // Firefox does not send media to loopback, so a page on this machine is offered the other address as well.
    iceAddresses: [lan ? undefined : LOOPBACK, lanAddress].filter((address) => address !== undefined),
    workerBin: workerFrom(env),
    relays: relay === undefined ? undefined : new UdpRelays(relaySettings(relay)),
  };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      options: { lan: { type: 'boolean' }, relay: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** @param {string | undefined} text */
function portFrom(text) {
  const port = Number(text || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new UsageError(`PORT=${text} is not a port number`);
  }
  return port;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string} the worker to run: the one that the environment names, or the one that build-worker.sh made
 */
export function workerFrom(env) {
  const workerBin = env.WORKER || env.BISQUE_WORKER || BUILT_WORKER;
  if (!existsSync(workerBin)) {
    throw new UsageError(`there is no worker at ${workerBin}: run ./build-worker.sh, or set WORKER`);
  }
  return workerBin;
}

/** @param {string} text such as `loss=0.05,seed=7` */
function relaySettings(text) {
  const settings = { loss: 0, seed: 1 };
  for (const part of text.split(',')) {
    const [name, value] = part.split('=');
    if ((name !== 'loss' && name !== 'seed') || !value || !(Number(value) >= 0)) {
      throw new UsageError(`--relay: "${part}" is neither loss=N nor seed=N`);
    }
    settings[name] = Number(value);
  }
  return settings;
}

function firstLanAddress() {
  const addresses = Object.values(networkInterfaces()).flat();
  return addresses.find((address) => address?.family === 'IPv4' && !address.internal)?.address;
}
