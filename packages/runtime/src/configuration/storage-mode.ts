import type { SettingSources } from './load-settings.ts';

const OLD_NAME = 'CHROMADB_STORAGE_MODE';
const NEW_NAME = 'VECTOR_STORAGE_MODE';
let isSaid = false;

/**
 * The variables, with the old name of the storage mode understood: who moves here keeps their configuration. Says once a
 * process that the name is old. The new name counts where both are set.
 */
export function withStorageModeAlias(
  env: SettingSources['env'],
  say: (message: string) => void,
): SettingSources['env'] {
  const old = env[OLD_NAME];
  if (old === undefined || old === '' || env[NEW_NAME]) return env;
  if (!isSaid) say(`${OLD_NAME} is the old name of ${NEW_NAME}: it still counts, as ${NEW_NAME}=${old}.`);
  isSaid = true;
  return { ...env, [NEW_NAME]: old };
}
