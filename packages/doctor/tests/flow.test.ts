import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '@slipstream/testing';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { findingsOfSteps, reportOf, takeStep } from '../src/live/live-step.ts';
import { doctorCommand } from '../src/program/doctor-command.ts';
import { adversaryStack } from './adversary/stack.ts';
import { randomStyle } from './adversary/style.ts';

const folder = mkdtempSync(join(tmpdir(), 'doctor-flow-'));
writeFileSync(join(folder, 'stack.json'), adversaryStack(randomStyle(new Random(3))).text());
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  process.exitCode = 0;
  vi.restoreAllMocks();
});

test('a step that fails is a finding: measured, with what to do and the command that shows whether it is fixed', async () => {
  const steps = [
    await takeStep('queue ocr-queue', 'Deploy it.', () => Promise.resolve('0 ready')),
    await takeStep('api: its role', 'Name yourself.', () => Promise.reject(new Error('no'))),
  ];
  expect(reportOf(steps, 'npm run verify')).toMatchObject({
    healthy: false,
    findings: [
      {
        id: 'verify-api-its-role',
        severity: 'error',
        certainty: 'measured',
        fix: { change: 'Name yourself.' },
        verify: 'npm run verify',
      },
    ],
  });
  expect(findingsOfSteps(steps.slice(0, 1), 'x')).toEqual([]);
});

test('--flow is only there where something can be followed, and wants a deployed stack', async () => {
  const help = (command: ReturnType<typeof doctorCommand>) => command.helpInformation();
  expect(help(doctorCommand('doctor', 'x'))).not.toContain('--flow');
  let taken = 0;
  const command = doctorCommand('doctor', 'x', async function* () {
    taken += 1;
    yield await takeStep('s', 'r', () => Promise.resolve('ok'));
  });
  expect(help(command)).toContain('--flow');
  const said: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  await command.parseAsync(['--flow', '--synth', join(folder, 'stack.json')], { from: 'user' });
  expect(process.exitCode).toBe(2);
  expect(said.join('')).toContain('name it with --stack');
  expect(taken).toBe(0);
});
