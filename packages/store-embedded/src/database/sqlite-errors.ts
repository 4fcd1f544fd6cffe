import { SlipstreamError } from '@slipstream/shared';

/** Primary result codes, https://www.sqlite.org/rescode.html; the extended ones have them in their low byte. */
const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

/** Another process holds the lock: the same statement goes through later. */
export function isBusy(thrown: unknown): boolean {
  return primaryCode(thrown) === SQLITE_BUSY;
}

/** The file is there, but it is no database, or cannot be opened at all. */
export function isNoDatabase(thrown: unknown): boolean {
  const code = primaryCode(thrown);
  return code === SQLITE_NOTADB || code === SQLITE_CANTOPEN;
}

/** What SQLite threw, said to a person; everything else as it is. */
export function toStoreError(thrown: unknown): unknown {
  const code = primaryCode(thrown);
  if (code === null) return thrown;
  return new SlipstreamError('STORE_UNAVAILABLE', ADVICE[code] ?? 'The database could not do what was asked of it.', {
    cause: thrown,
    details: { sqlite_code: code },
  });
}

const ADVICE: Readonly<Record<number, string>> = {
  [SQLITE_READONLY]: 'The database can only be read: its disk or its file is write-protected; nothing was written.',
  [SQLITE_IOERR]: 'The disk could not read or write the database; nothing was written.',
  [SQLITE_CORRUPT]:
    'The database is damaged; put back a copy of the data folder, or run slipstream recover, which makes the records again from the originals.',
  [SQLITE_FULL]: 'The disk is full; make room, nothing was written.',
};

function primaryCode(thrown: unknown): number | null {
  if (!(thrown instanceof Error) || !('errcode' in thrown) || typeof thrown.errcode !== 'number') return null;
  return thrown.errcode & 0xff;
}
