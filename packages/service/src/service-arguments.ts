import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expandTilde, SETTINGS, type SettingKey, type Settings } from '@slipstream/runtime';

/**
 * Settings as flags to be written into a service, paths absolute: it sees neither the variables of this shell nor the
 * config file of this folder. Defaults are left out, to be the service's user's own.
 */
export function serviceArguments<K extends SettingKey>(
  keys: readonly K[],
  settings: Pick<Settings, NoInfer<K>>,
): readonly string[] {
  return keys.flatMap((key) => {
    const { flag, schema } = SETTINGS[key];
    const [name = '', placeholder] = flag.split(' ');
    const value = settings[key];
    if (isDeepStrictEqual(value, schema.parse(undefined))) return [];
    if (placeholder === undefined) return [name];
    const isPath = placeholder === '<dir>' || placeholder === '<file>' || placeholder === '<folder>';
    return [name, isPath ? resolve(expandTilde(String(value))) : String(value)];
  });
}
