import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runCommand, serviceLayout, systemdUnit } from '../src/index.ts';

const IDENTITY = { name: 'receipt-ocr', description: 'Slipstream OCR agent', byHand: '', outputName: 'launchd.log' };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipstream-unit-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function unit(system: boolean, ...args: readonly string[]): string {
  const host = { platform: 'linux', home: '/home/ada', uid: 1000, gid: 1000, user: 'ada', system } as const;
  const layout = serviceLayout(IDENTITY, host);
  return systemdUnit({ layout, command: ['/bin/true', ...args], environment: {}, user: system ? 'ada' : null });
}

it.each([
  ['of a person', false],
  ['of the machine', true],
])('the unit %s keeps the agent from what it has no use for', (_, system) => {
  const lines = unit(system, '--data', '/home/ada/.slipstream').split('\n');
  for (const line of ['NoNewPrivileges=yes', 'ProtectSystem=full', 'PrivateTmp=yes', 'MemoryMax=75%', 'UMask=0077'])
    expect(lines).toContain(line);
  expect(lines.includes('CapabilityBoundingSet=')).toBe(system);
});

it('a data folder in /tmp stays the same folder for the service', () => {
  expect(unit(false, '--data', '/tmp/receipts')).toContain('PrivateTmp=no');
});

it('the status socket of the machine’s service lies where PrivateTmp does not hide it', () => {
  expect(unit(true)).toContain('RuntimeDirectory=slipstream');
  expect(
    serviceLayout(IDENTITY, { platform: 'linux', home: '/', uid: 0, gid: 0, user: 'x', system: true }).runDir,
  ).toBe('/run/slipstream');
});

it.each([
  ['of a person', false, 80],
  ['of the machine', true, 40],
])('systemd itself finds the unit %s valid and little exposed', (_, system, exposureMax) => {
  const file = join(folder, 'receipt-ocr.service');
  writeFileSync(file, unit(system));
  const scope = system ? [] : ['--user'];
  const verified = runCommand('systemd-analyze', ['verify', ...scope, '--man=no', file]);
  if (verified.code === null) return console.warn('skipped: systemd-analyze is not installed');
  expect(verified.stderr.split('\n').filter((line) => line.includes('receipt-ocr.service'))).toEqual([]);
  // Tenths of its "exposure level", 0 to 10; it fails above the threshold.
  const rated = runCommand('systemd-analyze', ['security', '--offline=yes', `--threshold=${exposureMax}`, file]);
  expect(rated.code, rated.stdout.split('\n').slice(-2).join()).toBe(0);
});
