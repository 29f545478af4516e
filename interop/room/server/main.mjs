import { readOptions, USAGE, UsageError } from './options.mjs';
import { RoomServer } from './RoomServer.mjs';

try {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === 'help') {
    process.stdout.write(USAGE);
  } else {
    await run(options);
  }
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}

/** @param {import('./RoomServer.mjs').RoomServerOptions} options */
async function run(options) {
  const server = await RoomServer.start(options);
  server.worker.on('died', (error) => {
    console.error(`The worker died ${error.message}.`);
    process.exit(1);
  });
  const stop = async () => {
    await server.close();
    process.exit(0);
  };
  // Before mediasoup's own handlers, which close the worker at once: the peers are told first.
  process.prependOnceListener('SIGINT', stop);
  process.prependOnceListener('SIGTERM', stop);

  if (options.secure) {
    console.log('The certificate was made just now, so the browser will warn: go on past the warning.');
  }
  console.log(`Room ready: ${server.url}`);
}

/** @param {any} error */
function explain(error) {
  if (error?.code === 'EADDRINUSE') {
    return `Port ${error.port} on ${error.address} is taken: choose another one, as in PORT=3001 ./run.sh`;
  }
  return error instanceof UsageError ? error.message : `The room did not start: ${error?.message ?? error}`;
}
