import { tellsName } from '@slipstream/shared';
import type { NameKey } from './merchant-key.ts';
import { nameTokens } from './name-tokens.ts';
import type { Sighting } from './sighting.ts';

const VALUE_LENGTH_MAX = 200;

/** null for a receipt that has another key, or no name that tells it apart. */
export function nameKeyOf({ keys, name }: Pick<Sighting, 'keys' | 'name'>): NameKey | null {
  if (keys.length > 0 || name === null || !tellsName(name)) return null;
  const value = nameTokens(name).join(' ').slice(0, VALUE_LENGTH_MAX);
  return value === '' ? null : { kind: 'name', value };
}
