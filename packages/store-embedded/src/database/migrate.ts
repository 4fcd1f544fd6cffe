import { SlipstreamError } from '@slipstream/shared';
import { retryWhileBusy } from './busy.ts';
import { integer } from './columns.ts';
import type { Connection } from './connection.ts';
import { SCHEMA_STEPS, TABLES_BESIDE } from './schema.ts';

/** Marks the file as ours (`PRAGMA application_id`): "SLIP" in ASCII. */
const APPLICATION_ID = 0x534c4950;

/** Another process copies and migrates some gigabytes in this time. */
const MIGRATION_MS_MAX = 120_000;

/** What a database went through before it was used. */
export interface Migration {
  readonly from: number;
  readonly to: number;
  /** The copy of what it was, as `backUp` named it. */
  readonly backup: string;
}

/**
 * Brings the schema to the newest version, all steps in one transaction, after `backUp` has kept what was there: null
 * where nothing was. No other process writes meanwhile. `DATA_FOLDER_NEWER` for a file that a later Slipstream wrote,
 * `DATA_FOLDER_INVALID` for another program's database; neither is touched.
 */
export async function migrate(
  connection: Connection,
  backUp: (version: number) => Promise<string>,
  steps: readonly string[] = SCHEMA_STEPS,
): Promise<Migration | null> {
  const isOld = versionOf(connection, steps.length) < steps.length;
  const migration = isOld ? await takeSteps(connection, backUp, steps) : null;
  // Without effect, and without a lock on writing, where they are there.
  await retryWhileBusy(() => connection.exec(TABLES_BESIDE.join('')));
  return migration;
}

async function takeSteps(
  connection: Connection,
  backUp: (version: number) => Promise<string>,
  steps: readonly string[],
): Promise<Migration | null> {
  await retryWhileBusy(() => connection.exec('BEGIN IMMEDIATE'), MIGRATION_MS_MAX);
  try {
    // Read again: another process may have migrated while this one waited.
    const version = versionOf(connection, steps.length);
    const backup = 0 < version && version < steps.length ? await backUp(version) : null;
    for (const step of steps.slice(version)) connection.exec(step);
    connection.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${steps.length}`);
    connection.exec('COMMIT');
    return backup === null ? null : { from: version, to: steps.length, backup };
  } catch (thrown) {
    if (connection.isTransaction) connection.exec('ROLLBACK');
    throw thrown;
  }
}

/** Whether nothing was ever stored in it: a new file, or one that lost its pages. */
export function isBlank(connection: Connection): boolean {
  return versionOf(connection, SCHEMA_STEPS.length) === 0;
}

/** 0 for an empty file. */
function versionOf(connection: Connection, newest: number): number {
  const version = pragma(connection, 'user_version');
  const tables = integer(connection.sql('SELECT count(*) AS tables FROM sqlite_schema').get() ?? {}, 'tables');
  const isOurs = pragma(connection, 'application_id') === APPLICATION_ID;
  if (!isOurs && (version !== 0 || tables > 0)) {
    throw new SlipstreamError(
      'DATA_FOLDER_INVALID',
      'The database in the data folder was made by another program; name another folder.',
    );
  }
  if (version > newest) {
    throw new SlipstreamError(
      'DATA_FOLDER_NEWER',
      `The data folder has version ${version} and this Slipstream knows versions up to ${newest}; install the newer Slipstream again.`,
      { details: { version, version_known: newest } },
    );
  }
  return version;
}

function pragma(connection: Connection, name: 'user_version' | 'application_id'): number {
  return integer(connection.sql(`PRAGMA ${name}`).get() ?? {}, name);
}
