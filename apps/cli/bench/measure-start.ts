import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../dist/slipstream.js', import.meta.url));

/** Milliseconds from starting the built `slipstream dev` on a new folder to the first healthy answer of its API, once for each run. */
export async function measureStart(runs: number): Promise<number[]> {
  if (!existsSync(PROGRAM)) throw new Error('apps/cli/dist is not built: npm run build');
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const dataDir = await mkdtemp(join(tmpdir(), 'slipstream-start-'));
    const startedAt = performance.now();
    const child = spawn(process.execPath, [PROGRAM, 'dev', '--json', '--data', dataDir, '--port', '0'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let out = '';
    for await (const chunk of child.stdout) {
      out += chunk;
      const url = /"url": "([^"]+)"/.exec(out)?.[1];
      if (!url) continue;
      const health = await fetch(`${url}/health`);
      if (!health.ok) throw new Error(`GET /health answered ${health.status}`);
      times.push(performance.now() - startedAt);
      break;
    }
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    await rm(dataDir, { recursive: true });
  }
  return times;
}
