// A controller to be killed: starts a worker, tells its pid, and stays.
import { Controller } from './Controller.mjs';

const { worker } = await Controller.start();
console.log(`worker ${worker.pid}`);
