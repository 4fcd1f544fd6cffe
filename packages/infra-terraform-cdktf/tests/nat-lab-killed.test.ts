import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const LAB = fileURLToPath(new URL('../nat-lab/run.ts', import.meta.url));
/** The switch, three machines at least, and what was started on them. */
const PROCESSES_MIN = 4;

function childrenOf(pid: number): number[] {
  try {
    const own = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
    return own.flatMap((child) => [child, ...childrenOf(child)]);
  } catch {
    return []; // it has ended
  }
}

function canRun(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const tools = ['curl', 'ip', 'nft', 'nsenter', 'sysctl', 'unshare'];
  if (tools.some((tool) => spawnSync('which', [tool]).status !== 0)) return false;
  return spawnSync('unshare', ['--net', '--mount', '--pid', '--fork', 'true']).status === 0;
}

it.runIf(canRun())('the NAT lab leaves no process when it is killed', { timeout: 60_000 }, async () => {
  const lab = spawn(process.execPath, [LAB, '--rounds', '1'], { stdio: 'ignore' });
  const ended = once(lab, 'exit');
  const children = () => childrenOf(lab.pid ?? 0);
  await expect.poll(() => children().length, { timeout: 30_000 }).toBeGreaterThan(PROCESSES_MIN);
  const started = children();
  lab.kill('SIGKILL');
  await ended;
  const left = () => started.filter((pid) => existsSync(`/proc/${pid}`));
  await expect.poll(left, { timeout: 10_000 }).toEqual([]);
});
