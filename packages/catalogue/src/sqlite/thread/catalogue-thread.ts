/** The thread that a catalogue in SQLite lives in: one call after the other, in the order in which they came. */
import { parentPort, workerData } from 'node:worker_threads';
import { SqliteCore } from '../sqlite-core.ts';
import { type Call, type Reply, toSentError } from './calls.ts';

const post = (reply: Reply) => parentPort?.postMessage(reply);
const core = new SqliteCore(String(workerData), (notice) => post({ notice }));

parentPort?.on('message', ({ id, method, args }: Call) => {
  try {
    const work: (...args: readonly never[]) => unknown = core[method].bind(core);
    post({ id, result: work(...(args as readonly never[])) });
  } catch (thrown) {
    post({ id, error: toSentError(thrown) });
  }
});
