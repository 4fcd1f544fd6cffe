import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeOutputs } from '../src/operate/take-outputs.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipstream-outputs-'));
  file = join(folder, 'outputs.dev.json');
  writeFileSync(file, '{"slipstream-dev":{"region":"us-east-1"}}');
});
afterEach(() => rmSync(folder, { recursive: true }));
const region = () => JSON.parse(readFileSync(file, 'utf8'))['slipstream-dev'].region;

test('a deploy’s outputs take the place of the ones before', () => {
  writeFileSync(`${file}.new`, '{"slipstream-dev":{"region":"eu-west-1"}}');
  takeOutputs(`${file}.new`, file);
  expect(region()).toBe('eu-west-1');
});

test.each(['{}', '', '{"slipstream-dev":{}}'])('what a deploy that broke off wrote (%j) does not', (text) => {
  writeFileSync(`${file}.new`, text);
  takeOutputs(`${file}.new`, file);
  expect(region()).toBe('us-east-1');
  expect(existsSync(`${file}.new`)).toBe(false);
});

test('nor does one that wrote nothing', () => {
  takeOutputs(`${file}.new`, file);
  expect(region()).toBe('us-east-1');
});
