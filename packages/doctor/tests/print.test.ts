import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from '@slipstream/testing';
import { afterAll, expect, test } from 'vitest';
import { explain } from '../src/rules/explain.ts';
import { MYTHS } from '../src/rules/myths.ts';
import { adversaryStack } from './adversary/stack.ts';
import { randomStyle } from './adversary/style.ts';
import { simulatedLog } from './logs/simulated-log.ts';

const PROGRAM = fileURLToPath(new URL('../src/program/slipstream-doctor.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'doctor-print-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function doctor(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [PROGRAM, ...args], { cwd: folder, encoding: 'utf8' });
}

/** Addresses, commands and paths are one word, or copied whole. */
function tooLong(text: string): string[] {
  return text.split('\n').filter((line) => line.length > 80 && !/https:|^ *(fix|verify) |\S{60}/.test(line));
}

writeFileSync(join(folder, 'stack.json'), adversaryStack(randomStyle(new Random(3)), 'no-default-route').text());
writeFileSync(join(folder, 'log.txt'), simulatedLog('random-loss', 40, new Random(3)));

test.each([
  [['--synth', 'stack.json'], 1],
  [['paths', '--synth', 'stack.json'], 1],
  [['logs', 'log.txt'], 1],
  [['explain', 'rules'], 0],
  [['explain', 'myths'], 0],
  [['explain', 'nat-guest'], 0],
  [['explain'], 0],
] as const)('%j fits into 80 columns', (args, status) => {
  const ended = doctor(...args);
  expect(ended.status, ended.stderr).toBe(status);
  expect(ended.stdout.length).toBeGreaterThan(100);
  expect(tooLong(ended.stdout)).toEqual([]);
});

test('each myth is explained: what is said, and what holds', () => {
  for (const { id, said, holds } of MYTHS) {
    const words = explain(id).replace(/\s+/g, ' ');
    expect(words).toContain(said);
    expect(words).toContain(holds);
  }
});

test('paths say way, status and cost of each destination, and the broken ones why', () => {
  const { stdout } = doctor('paths', '--synth', 'stack.json');
  expect(stdout).toMatch(/broken +api\.mailer\.example\.org:443/);
  expect(stdout).toContain('no-default-route');
  expect(stdout).toMatch(/ok +0\.00 +s3\.eu-west-1\.amazonaws\.com:443/);
});
