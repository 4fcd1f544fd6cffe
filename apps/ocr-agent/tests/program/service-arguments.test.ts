import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadSettings } from '@slipstream/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentArguments } from '../../src/program/service-verbs.ts';
import { AGENT_SETTINGS } from '../../src/settings/agent-settings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('what is written into the service', () => {
  it('is what the flags say, and nothing of the defaults', () => {
    const flags = { data: 'receipts', continuous: true, awake: true };
    const args = agentArguments(loadSettings(AGENT_SETTINGS, { flags, env: {} }));
    expect(args).toEqual(['--data', resolve('receipts'), '--awake']);
  });

  it('is also what the variables and the config file say: the service sees neither', () => {
    const file = join(folder, 'config.json');
    writeFileSync(file, JSON.stringify({ data: '~/receipts', languages: ['eng', 'deu'] }));
    const env = { SLIPSTREAM_ENGINE: 'tesseract', SLIPSTREAM_AWAKE: '1', AWS_SECRET_ACCESS_KEY: 'secret' };
    const args = agentArguments(loadSettings(AGENT_SETTINGS, { flags: {}, env, file }));
    expect(args).toEqual([
      ...['--data', join(homedir(), 'receipts'), '--engine', 'tesseract'],
      ...['--languages', 'eng,deu', '--awake'],
    ]);
  });
});
