import { loadSettings, type SettingSources, type Settings } from './load-settings.ts';
import { SETTINGS, type SettingKey } from './settings.ts';

/** Of a commander `Command`, what is needed here. */
interface CommandLike {
  option(flags: string, description: string): unknown;
  opts(): Record<string, unknown>;
}

/** Gives a command the flags of these settings, and `--config`. */
export function addSettings<C extends CommandLike>(command: C, keys: readonly SettingKey[]): C {
  // Two parts of a program may need the same setting.
  for (const key of new Set(keys)) {
    const { flag, about, variable, defaultText } = SETTINGS[key];
    const fallback = defaultText && defaultText !== 'false' ? `, default: ${defaultText}` : '';
    command.option(flag, `${about} (${variable}${fallback})`);
  }
  command.option('--config <file>', 'Config file (SLIPSTREAM_CONFIG, default: slipstream.config.json if it is there)');
  return command;
}

/** The settings of a command that has been parsed. */
export function commandSettings<K extends SettingKey>(
  command: CommandLike,
  keys: readonly K[],
  env: SettingSources['env'] = process.env,
): Pick<Settings, K> {
  const given = command.opts();
  const flags = Object.fromEntries(keys.map((key) => [key, givenFlag(given, SETTINGS[key].flag)]));
  const file = typeof given.config === 'string' ? given.config : undefined;
  return loadSettings(keys, { flags, env, file });
}

/** Commander keeps `--no-token` as `token`, true where it was not given. */
function givenFlag(given: Readonly<Record<string, unknown>>, flag: string): unknown {
  if (!flag.startsWith('--no-')) return given[attributeName(flag)];
  return given[attributeName(flag.replace('--no-', '--'))] === false ? true : undefined;
}

/** `--dynamo-table-name <name>` → `dynamoTableName`, as commander stores it. */
function attributeName(flag: string): string {
  const name = flag.replace(/^--/, '').split(' ')[0] ?? '';
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
