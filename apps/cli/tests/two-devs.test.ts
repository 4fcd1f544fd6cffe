import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { end, type RunningProgram, runSlipstream, spawnSlipstream, startDev } from './dev-process.ts';
import { png } from './png.ts';

let folder = '';
let first: RunningProgram;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipstream-two-'));
  first = await startDev(join(folder, 'data'), '--engine', 'null');
});
afterEach(async () => {
  await end(first.child, 'SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

it('a second dev on a folder is told of the first, which is still known when the second has ended', async () => {
  const data = join(folder, 'data');
  const second = spawnSlipstream(['dev', '--data', data, '--port', '0', '--engine', 'null']);
  const said = await new Promise<string>((resolve) => {
    let out = '';
    second.stdout?.on('data', (chunk) => {
      out += chunk;
      if (out.includes('Stop with Ctrl-C')) resolve(out);
    });
    second.once('exit', () => resolve(out));
  });
  expect(said).toContain(`Another slipstream dev (process ${first.child.pid}, ${first.url}) works on this folder too`);
  expect(await end(second, 'SIGTERM')).toBe(0);
  await writeFile(join(folder, 'a.png'), png('a'));
  expect(await runSlipstream('submit', join(folder, 'a.png'), '--wait', '--data', data)).toMatchObject({ code: 0 });
});

it('one that was killed is not taken for a living one', async () => {
  const data = join(folder, 'data');
  await end(first.child, 'SIGKILL');
  await writeFile(join(folder, 'a.png'), png('a'));
  const refused = await runSlipstream('submit', join(folder, 'a.png'), '--wait', '--data', data);
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('start slipstream dev') });
});
