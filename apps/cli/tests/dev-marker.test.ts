import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isDevLive, liveDevs, writeDevMarker } from '../src/home/dev-marker.ts';
import { processStart } from '../src/home/process-start.ts';

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'slipstream-marker-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const one = { url: 'http://127.0.0.1:1', folder_id: 'folder' };
const slot = () => join(dataDir, readdirSync(dataDir).find((name) => /^dev\..+\.json$/.test(name)) ?? '');

it('each dev has a slot of its own: the end of one leaves the other known', () => {
  const endFirst = writeDevMarker(dataDir, one);
  const endSecond = writeDevMarker(dataDir, { ...one, url: 'http://127.0.0.1:2' });
  expect(liveDevs(dataDir)).toHaveLength(2);
  endSecond();
  expect(liveDevs(dataDir)).toMatchObject([{ url: 'http://127.0.0.1:1', pid: process.pid }]);
  expect(JSON.parse(readFileSync(join(dataDir, 'dev.json'), 'utf8')).devs).toHaveLength(1);
  endFirst();
  expect(liveDevs(dataDir)).toEqual([]);
  expect(readdirSync(dataDir)).toEqual([]);
});

it('a process that has the id of one that crashed is not taken for it', () => {
  writeDevMarker(dataDir, one);
  const marker = JSON.parse(readFileSync(slot(), 'utf8'));
  expect(marker.process_start).toBe(processStart(process.pid));
  writeFileSync(slot(), JSON.stringify({ ...marker, process_start: 'another boot/1' }));
  expect(liveDevs(dataDir)).toEqual([]);
  expect(isDevLive(dataDir, 'folder')).toBe(false);
});

it('what a killed one left behind is passed over, and removed by the next', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const pid = child.pid ?? 0;
  writeDevMarker(dataDir, one);
  const marker = { ...JSON.parse(readFileSync(slot(), 'utf8')), pid, process_start: processStart(pid) };
  writeFileSync(join(dataDir, 'dev.0123456789abcdef.json'), JSON.stringify(marker));
  expect(liveDevs(dataDir)).toHaveLength(2);
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  expect(liveDevs(dataDir)).toHaveLength(1);
  writeDevMarker(dataDir, one);
  expect(existsSync(join(dataDir, 'dev.0123456789abcdef.json'))).toBe(false);
});

it('a copy of a data folder is not worked on by whoever works on the original', () => {
  writeDevMarker(dataDir, one);
  expect(isDevLive(dataDir, 'folder')).toBe(true);
  expect(isDevLive(dataDir, 'another')).toBe(false);
});

it('torn and foreign files say nothing', () => {
  writeFileSync(join(dataDir, 'dev.aaaaaaaaaaaaaaaa.json'), '{"pid": 1');
  writeFileSync(join(dataDir, 'dev.json'), JSON.stringify({ pid: process.pid, url: 'x', started_at: 'y' }));
  mkdirSync(join(dataDir, 'dev.bbbbbbbbbbbbbbbb.json'));
  expect(liveDevs(dataDir)).toEqual([]);
});
