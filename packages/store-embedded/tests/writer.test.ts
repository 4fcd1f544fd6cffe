import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SlipstreamError } from '@slipstream/shared';
import { expectError } from '@slipstream/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { retryWhileBusy } from '../src/database/busy.ts';
import { Connection } from '../src/database/connection.ts';
import { Writer } from '../src/database/writer.ts';
import { makeDataDir } from './harness.ts';

describe('the writer', () => {
  let dataDir: string;
  let connection: Connection;
  let other: DatabaseSync;
  let writer: Writer;
  const insert = (n: number) => (open: Connection) =>
    Number(open.sql('INSERT INTO t (n) VALUES (?)').run(n).lastInsertRowid);
  const numbers = () =>
    other
      .prepare('SELECT n FROM t ORDER BY n')
      .all()
      .map(({ n }) => n);

  beforeEach(async () => {
    dataDir = await makeDataDir();
    connection = await Connection.open(join(dataDir, 'test.db'));
    connection.exec('CREATE TABLE t (n INTEGER UNIQUE, text TEXT)');
    other = new DatabaseSync(join(dataDir, 'test.db'));
    writer = new Writer(connection);
  });
  afterEach(async () => {
    other.close();
    connection.close();
    await rm(dataDir, { recursive: true });
  });

  it('syncs every commit to the disk', () => {
    expect(connection.sql('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    expect(connection.sql('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    if (process.platform === 'darwin') expect(connection.sql('PRAGMA fullfsync').get()).toEqual({ fullfsync: 1 });
  });

  it('has committed when its promise resolves', async () => {
    await writer.run(insert(1));
    expect(numbers()).toEqual([1]);
  });

  it('commits what comes at once together', async () => {
    const seen: unknown[] = [];
    const writes = Array.from({ length: 50 }, (_, n) => writer.run(insert(n)).then(() => seen.push(numbers().length)));
    await Promise.all(writes);
    expect(seen).toEqual(Array.from({ length: 50 }, () => 50));
  });

  it('lets the others through when one fails, and undoes all of that one', async () => {
    const outcomes = await Promise.allSettled([
      writer.run(insert(1)),
      writer.run((open) => {
        insert(2)(open);
        throw new SlipstreamError('CONDITION_FAILED', 'on purpose');
      }),
      writer.run(insert(1)),
      writer.run(insert(3)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(numbers()).toEqual([1, 3]);
  });

  it('waits for another process’s lock without holding the event loop', async () => {
    other.exec('BEGIN IMMEDIATE');
    const write = writer.run(insert(1));
    let turns = 0;
    for (const until = performance.now() + 200; performance.now() < until; turns += 1) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    // Each look at the lock may hold it for 5 ms; waiting for the lock in SQLite would leave one turn.
    expect(turns).toBeGreaterThan(10);
    other.exec('COMMIT');
    await write;
    expect(numbers()).toEqual([1]);
  });

  it('takes in those who come while it waits', async () => {
    other.exec('BEGIN IMMEDIATE');
    const writes = [writer.run(insert(1))];
    await new Promise((resolve) => setTimeout(resolve, 20));
    writes.push(writer.run(insert(2)));
    other.exec('COMMIT');
    await writes[0];
    expect(numbers()).toEqual([1, 2]);
    await Promise.all(writes);
  });

  it('gives up after a bounded wait', async () => {
    other.exec('BEGIN IMMEDIATE');
    const startedAt = performance.now();
    await expectError(
      retryWhileBusy(() => connection.exec('BEGIN IMMEDIATE'), 50),
      'STORE_BUSY',
    );
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(50);
    other.exec('ROLLBACK');
  });

  it('acknowledges nothing of a group when the disk is full, and goes on when there is room again', async () => {
    await writer.run(insert(1));
    const pages = Number(connection.sql('PRAGMA page_count').get()?.page_count);
    connection.exec(`PRAGMA max_page_count = ${pages + 2}`);
    const large = (open: Connection) => open.sql('INSERT INTO t (n, text) VALUES (99, ?)').run('x'.repeat(100_000));
    const outcomes = await Promise.allSettled([writer.run(insert(2)), writer.run(large), writer.run(insert(3))]);
    const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    for (const failure of failures) expect(failure).toMatchObject({ code: 'STORE_UNAVAILABLE', retry: 'later' });
    const acknowledged = [2, 99, 3].filter((_, n) => outcomes[n]?.status === 'fulfilled');
    expect(failures.length).toBeGreaterThan(0);
    expect(numbers()).toEqual([1, ...acknowledged].toSorted((a, b) => a - b));
    connection.exec('PRAGMA max_page_count = 1000000');
    await writer.run(insert(4));
    expect(numbers()).toContain(4);
  });

  it('settles more writes than one group holds', async () => {
    await Promise.all(Array.from({ length: 1_000 }, (_, n) => writer.run(insert(n))));
    expect(numbers()).toHaveLength(1_000);
  });
});
