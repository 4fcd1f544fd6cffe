import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { createMacVision } from '../../../src/index.ts';
import { fakeCounters, fakeImage } from '../fake-image.ts';
import type { Scenario } from '../scenario.ts';

const WORKER = new URL('../busy-worker.ts', import.meta.url);
const ROUNDS = 5;

export const terminationScenarios: Scenario[] = [
  {
    name: 'a worker thread that is terminated with images under way takes nothing with it',
    async run() {
      for (let round = 0; round < ROUNDS; round++) {
        const worker = new Worker(WORKER);
        const [message] = await once(worker, 'message');
        assert.equal(message, 'busy');
        await worker.terminate();
      }
      await createMacVision().recognizeText(fakeImage());
      assert.equal(fakeCounters().liveObjects, 0);
    },
  },
  {
    name: 'a process that exits with images under way exits with its own code',
    async run() {
      const script = `process.once('beforeExit', () => {}); await import(${JSON.stringify(WORKER.href)}); process.exit(7);`;
      const flags = [...process.execArgv, '--input-type=module'];
      const child = spawn(process.execPath, [...flags, '-e', script], { stdio: 'inherit' });
      const [code] = await once(child, 'exit');
      assert.equal(code, 7, fileURLToPath(WORKER));
    },
  },
];
