import { existsSync, readFileSync } from 'node:fs';
import { SlipstreamError } from '@slipstream/shared';
import type { z } from 'zod';
import { SETTINGS, type SettingKey } from './settings.ts';
import { withStorageModeAlias } from './storage-mode.ts';

export type Settings = { readonly [K in SettingKey]: z.infer<(typeof SETTINGS)[K]['schema']> };

export interface SettingSources {
  /** By setting key, as the command line gave them; undefined where it did not. */
  readonly flags: Readonly<Partial<Record<SettingKey, unknown>>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A path that was asked for has to exist; without one, `slipstream.config.json` in the current folder counts if it is there. */
  readonly file?: string | undefined;
}

export const CONFIG_FILE_NAME = 'slipstream.config.json';

/** The settings asked for, validated. `CONFIGURATION_INVALID` names the setting, where its value came from and how to set it. */
export function loadSettings<K extends SettingKey>(keys: readonly K[], sources: SettingSources): Pick<Settings, K> {
  const file = readConfigFile(sources.file ?? sources.env.SLIPSTREAM_CONFIG);
  const env = keys.some((key) => key === 'vector_storage_mode')
    ? withStorageModeAlias(sources.env, (message) => process.emitWarning(message))
    : sources.env;
  const entries = keys.map((key) => [key, resolve(key, { ...sources, env }, file)] as const);
  return Object.fromEntries(entries) as Pick<Settings, K>; // fromEntries forgets which key has which value
}

interface ConfigFile {
  readonly path: string;
  readonly values: Readonly<Record<string, unknown>>;
}

function resolve(key: SettingKey, sources: SettingSources, file: ConfigFile): unknown {
  const setting = SETTINGS[key];
  const variable = sources.env[setting.variable];
  const found = [
    { value: sources.flags[key], from: flagName(setting.flag) },
    { value: variable === '' ? undefined : variable, from: `the variable ${setting.variable}` },
    { value: file.values[key], from: `"${key}" in ${file.path}` },
  ].find((source) => source.value !== undefined);
  const parsed = setting.schema.safeParse(found?.value);
  if (parsed.success) return parsed.data;
  throw new SlipstreamError(
    'CONFIGURATION_INVALID',
    `The setting ${key}, given by ${found?.from ?? 'its default'}, is not valid: ${parsed.error.issues[0]?.message}. ${howToSet(key)}`,
    { details: { setting: key } },
  );
}

/** The sentence that says how a setting is given. */
export function howToSet(key: SettingKey): string {
  const { flag, variable, example } = SETTINGS[key];
  const asFlag = flag.includes('<') ? `${flagName(flag)} ${example}` : flagName(flag);
  return `Set it with ${asFlag}, with ${variable}=${example}, or with "${key}" in ${CONFIG_FILE_NAME}.`;
}

/** A setting that this call cannot do without. */
export function requireSetting<T>(key: SettingKey, value: T | null): T {
  if (value !== null) return value;
  throw new SlipstreamError(
    'CONFIGURATION_INVALID',
    `The setting ${key} (${SETTINGS[key].about}) is missing. ${howToSet(key)}`,
    {
      details: { setting: key },
    },
  );
}

function flagName(flag: string): string {
  return flag.split(' ')[0] ?? flag;
}

function readConfigFile(asked: string | undefined): ConfigFile {
  const path = asked ?? CONFIG_FILE_NAME;
  if (asked === undefined && !existsSync(path)) return { path, values: {} };
  let values: unknown;
  try {
    values = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new SlipstreamError(
      'CONFIGURATION_INVALID',
      `The config file ${path} cannot be read as JSON: correct it, or leave it out.`,
      {
        cause,
      },
    );
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new SlipstreamError('CONFIGURATION_INVALID', `The config file ${path} has to hold one JSON object.`);
  }
  const unknown = Object.keys(values).filter((key) => !Object.hasOwn(SETTINGS, key));
  if (unknown.length > 0) {
    const known = Object.keys(SETTINGS).join(', ');
    throw new SlipstreamError(
      'CONFIGURATION_INVALID',
      `The config file ${path} has unknown settings: ${unknown.join(', ')}. Known are: ${known}.`,
    );
  }
  return { path, values: { ...values } };
}
