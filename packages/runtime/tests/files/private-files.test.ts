import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makePrivateFolder } from '../../src/index.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipstream-private-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

it('makes a folder that only its owner enters', () => {
  expect(makePrivateFolder(join(folder, 'a/b'))).toBe(true);
  expect(modeOf(join(folder, 'a/b'))).toBe('700');
});

it('closes a folder that was open, with all that is in it, and follows no link', () => {
  const open = join(folder, 'open');
  mkdirSync(join(open, 'deep'), { recursive: true });
  for (const name of ['file', 'deep/file', '../outside']) {
    writeFileSync(join(open, name), '');
    chmodSync(join(open, name), 0o644);
  }
  chmodSync(join(open, 'deep'), 0o755);
  symlinkSync(join(folder, 'outside'), join(open, 'link'));
  chmodSync(open, 0o755);
  expect(makePrivateFolder(open)).toBe(true);
  expect(modeOf(open)).toBe('700');
  expect(modeOf(join(open, 'deep'))).toBe('700');
  expect(modeOf(join(open, 'file'))).toBe('600');
  expect(modeOf(join(open, 'deep/file'))).toBe('600');
  expect(modeOf(join(folder, 'outside'))).toBe('644');
});

it('closes the folder that a link names', () => {
  const open = join(folder, 'open');
  mkdirSync(open);
  chmodSync(open, 0o755);
  symlinkSync(open, join(folder, 'link'));
  expect(makePrivateFolder(join(folder, 'link'))).toBe(true);
  expect(modeOf(open)).toBe('700');
});
