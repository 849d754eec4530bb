/** Feeds one of the readers, in a process of its own: `node child.js NAME RUNS SEED`. Fails with the input in words. */
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { inputs, resident } from './guard.ts';
import type { ReaderName } from './reader-names.ts';
import { readers } from './readers.ts';

const [name = '', runs = '', seed = ''] = process.argv.slice(2);

/** Ends the process where an input never comes back, which nothing in its own thread could tell. */
const watchdog = `
  const { workerData: inputs } = require('node:worker_threads');
  let seen = -1;
  setInterval(() => {
    const now = Atomics.load(inputs, 0);
    if (now === seen) {
      require('node:fs').writeSync(2, 'Input ' + now + ' of seed ${seed} hangs.\\n');
      process.kill(process.pid, 'SIGKILL');
    }
    seen = now;
  }, 30_000);`;
new Worker(watchdog, { eval: true, workerData: inputs }).unref();

await fc.assert(readers[name as ReaderName], { numRuns: Number(runs), seed: Number(seed) });
console.log(JSON.stringify([inputs[0], resident]));
process.exit(0);
