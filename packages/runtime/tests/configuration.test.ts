import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isSlipstreamError } from '@slipstream/shared';
import { describe, expect, it } from 'vitest';
import { loadSettings, requireSetting } from '../src/configuration/load-settings.ts';
import { SETTINGS, type SettingKey } from '../src/configuration/settings.ts';
import { settingsTable } from '../src/configuration/settings-table.ts';

const configFile = (content: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'slipstream-config-')), 'slipstream.config.json');
  writeFileSync(path, content);
  return path;
};
const messageOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (isSlipstreamError(error, 'CONFIGURATION_INVALID')) return error.message;
    throw error;
  }
  return 'nothing was thrown';
};

describe('loadSettings', () => {
  it('takes flags over variables over the config file over the default', () => {
    const file = configFile('{"port": 1111, "engine": "tesseract"}');
    const env = { SLIPSTREAM_PORT: '2222' };
    expect(loadSettings(['port', 'engine'], { flags: { port: '3333' }, env, file })).toEqual({
      port: 3333,
      engine: 'tesseract',
    });
    expect(loadSettings(['port'], { flags: {}, env, file }).port).toBe(2222);
    expect(loadSettings(['port'], { flags: {}, env: {}, file }).port).toBe(1111);
    expect(loadSettings(['port'], { flags: {}, env: {} }).port).toBe(3737);
  });

  it('an empty variable is one that is not set', () => {
    expect(loadSettings(['port'], { flags: {}, env: { SLIPSTREAM_PORT: '' } }).port).toBe(3737);
  });

  it.each([
    ['port', '99999'],
    ['port', '80.5'],
    ['port', '0x50'],
    ['engine', 'magic'],
    ['continuous', 'maybe'],
    ['review_below', '2'],
  ] as const)('refuses %s = %s, naming where it came from and how to set it', (key, value) => {
    const variable = SETTINGS[key].variable;
    const message = messageOf(() => loadSettings([key], { flags: {}, env: { [variable]: value } }));
    expect(message).toContain(key);
    expect(message).toContain(`the variable ${variable}`);
    expect(message).toContain(SETTINGS[key].flag.split(' ')[0]);
  });

  it('keeps the names that are in use already', () => {
    expect(SETTINGS.ocr_job_queue_url).toMatchObject({
      flag: '--ocr-job-queue-url <url>',
      variable: 'OCR_JOB_QUEUE_URL',
    });
    expect(SETTINGS.dynamo_table_name.flag).toBe('--dynamo-table-name <name>');
    expect(SETTINGS.region.flag).toBe('--region <region>');
    expect(SETTINGS.continuous.flag).toBe('--continuous');
  });

  it('a config file that is asked for has to be there, be JSON, and hold known settings', () => {
    expect(messageOf(() => loadSettings(['port'], { flags: {}, env: {}, file: '/nowhere/config.json' }))).toContain(
      '/nowhere/config.json',
    );
    expect(messageOf(() => loadSettings(['port'], { flags: {}, env: {}, file: configFile('{') }))).toContain('JSON');
    expect(messageOf(() => loadSettings(['port'], { flags: {}, env: {}, file: configFile('[]') }))).toContain(
      'one JSON object',
    );
    expect(messageOf(() => loadSettings(['port'], { flags: {}, env: {}, file: configFile('{"prot": 1}') }))).toContain(
      'prot',
    );
  });

  it('lists are given with commas', () => {
    expect(loadSettings(['languages'], { flags: { languages: 'eng, deu' }, env: {} }).languages).toEqual([
      'eng',
      'deu',
    ]);
    expect(loadSettings(['languages'], { flags: {}, env: {} }).languages).toEqual([]);
  });

  it('every default is valid', () => {
    const keys = Object.keys(SETTINGS) as SettingKey[];
    expect(() => loadSettings(keys, { flags: {}, env: {} })).not.toThrow();
  });

  it('a setting that is missing is asked for with all three ways to give it', () => {
    const message = messageOf(() => requireSetting('raw_bucket', null));
    expect(message).toContain('--raw-bucket');
    expect(message).toContain('RAW_BUCKET=');
    expect(message).toContain('"raw_bucket"');
  });
});

it('no two settings share a flag or a variable', () => {
  const settings = Object.values(SETTINGS);
  expect(new Set(settings.map(({ flag }) => flag.split(' ')[0])).size).toBe(settings.length);
  expect(new Set(settings.map(({ variable }) => variable)).size).toBe(settings.length);
});

it('the table of docs/settings.md is the generated one', () => {
  const page = readFileSync(new URL('../../../docs/settings.md', import.meta.url), 'utf8');
  expect(page, 'run: npm run docs:settings').toContain(settingsTable());
});
