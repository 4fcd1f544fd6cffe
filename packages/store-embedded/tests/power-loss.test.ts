import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedStore, openEmbeddedStore } from '../src/index.ts';
import { makeDataDir } from './harness.ts';
import { invariantFaults } from './invariants.ts';

/** https://www.sqlite.org/fileformat.html#the_write_ahead_log */
const WAL_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
const PAGE_BYTES = 4_096;
const FRAME_BYTES = FRAME_HEADER_BYTES + PAGE_BYTES;
/** Where a frame may be torn: in its header, after it, in its page. */
const TORN_AT = [1, FRAME_HEADER_BYTES, FRAME_HEADER_BYTES + 100, FRAME_BYTES - 1];

/** What was in the store after a step, and how long the WAL was when the step was acknowledged. */
interface Recorded {
  readonly walBytes: number;
  readonly state: string;
}

/** The folder's id, which is drawn by lot. */
const FOLDER_ID = '.slipstream-folder';

describe('after a power loss at any byte of the WAL', () => {
  let home: string;
  let dataDir: string;
  let recorded: Recorded[];
  let wal: Buffer;

  beforeAll(async () => {
    home = await makeDataDir();
    dataDir = join(home, 'recorded');
    recorded = await record(dataDir);
    wal = readFileSync(join(home, 'at-the-end', 'slipstream.db-wal'));
  }, 60_000);
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  /** The state that the store finds when only these bytes of the WAL reached the disk. */
  const stateAfter = async (walBytes: Buffer, written = walBytes.byteLength): Promise<string> => {
    const copy = join(home, 'copy');
    rmSync(copy, { recursive: true, force: true });
    mkdirSync(copy);
    copyFileSync(join(home, 'at-the-end', 'slipstream.db'), join(copy, 'slipstream.db'));
    copyFileSync(join(dataDir, 'upload-secret'), join(copy, 'upload-secret'));
    // No object is put before the store is open, so none is on the disk while its schema and its name are not.
    const isOpened = written >= (recorded[0]?.walBytes ?? 0);
    if (isOpened) symlinkSync(join(home, 'every-object'), join(copy, 'objects'));
    else {
      mkdirSync(join(copy, 'objects'));
      copyFileSync(join(home, 'every-object', FOLDER_ID), join(copy, 'objects', FOLDER_ID));
    }
    writeFileSync(join(copy, 'slipstream.db-wal'), walBytes);
    const store = await openEmbeddedStore({ dataDir: copy });
    await store.close();
    expect(invariantFaults(copy)).toEqual([]);
    return stateOf(copy);
  };

  /** The last step that was acknowledged before the WAL was so long, and the one that was under way. */
  const allowedStates = (walBytes: number): (string | undefined)[] => {
    const last = recorded.findLastIndex((step) => step.walBytes <= walBytes);
    return [recorded[Math.max(0, last)]?.state, recorded[last + 1]?.state];
  };

  it('has recorded a run whose WAL was never started over', () => {
    expect((wal.length - WAL_HEADER_BYTES) % FRAME_BYTES).toBe(0);
    expect(wal.length / FRAME_BYTES).toBeGreaterThan(150);
    expect(recorded.at(-1)?.walBytes).toBe(wal.length);
    expect(new Set(recorded.map(({ state }) => state)).size).toBe(recorded.length);
  });

  it('everything acknowledged is there and nothing is half done, at every frame', { timeout: 60_000 }, async () => {
    for (let end = WAL_HEADER_BYTES; end <= wal.length; end += FRAME_BYTES) {
      const state = await stateAfter(wal.subarray(0, end));
      expect(allowedStates(end), `cut at byte ${end}`).toContain(state);
    }
  });

  it('also when a frame is torn', { timeout: 60_000 }, async () => {
    const frames = (wal.length - WAL_HEADER_BYTES) / FRAME_BYTES;
    for (let frame = 0; frame < frames; frame += 1) {
      const end = WAL_HEADER_BYTES + frame * FRAME_BYTES + (TORN_AT[frame % TORN_AT.length] ?? 0);
      // The file may have been made longer before the bytes came: then there are zeros.
      const zeros = Buffer.alloc(frame % 2 === 0 ? 0 : PAGE_BYTES);
      const state = await stateAfter(Buffer.concat([wal.subarray(0, end), zeros]), end);
      expect(allowedStates(end), `torn at byte ${end}`).toContain(state);
    }
  });

  it('finds the whole run when nothing was lost', async () => {
    expect(await stateAfter(wal)).toBe(recorded.at(-1)?.state);
  });

  async function record(folder: string): Promise<Recorded[]> {
    const store = await openEmbeddedStore({ dataDir: folder });
    const steps: Recorded[] = [];
    const walFile = join(folder, 'slipstream.db-wal');
    const note = () => {
      steps.push({ walBytes: statSync(walFile).size, state: stateOf(folder) });
      // A file is removed after the commit that gave it up is on the disk: before that commit it was still there.
      cpSync(join(folder, 'objects'), join(home, 'every-object'), { recursive: true });
    };
    mkdirSync(join(folder, 'objects'), { recursive: true });
    note();
    for (const step of stepsOf(store)) {
      await step();
      note();
    }
    mkdirSync(join(home, 'at-the-end'));
    // Before the store is closed, which would empty the WAL.
    for (const name of ['slipstream.db', 'slipstream.db-wal'])
      copyFileSync(join(folder, name), join(home, 'at-the-end', name));
    await store.close();
    return steps;
  }
});

/** One commit each, of every kind the store has; several writes at once are one commit as well. */
function stepsOf(store: EmbeddedStore): (() => Promise<unknown>)[] {
  const { records, raw, artifacts } = store;
  const queue = store.queue('work-queue', { maxReceiveCount: 3 });
  const text = 'x'.repeat(3_000);
  const counter = { pk: 'COUNTER', sk: 'COUNTER' };
  const receive = async () => {
    const [delivery] = await queue.receive({ max: 1, waitMs: 0, visibilityMs: 60_000 });
    if (delivery === undefined) throw new Error('nothing to receive');
    return delivery;
  };
  let held: Awaited<ReturnType<typeof receive>>;
  const round = (n: number): (() => Promise<unknown>)[] => [
    () => raw.put(`raw/${n}`, new Uint8Array(40_000)),
    () =>
      records.write({
        kind: 'put',
        record: { pk: `IMAGE#${n}`, sk: 'IMAGE', type: 'IMAGE', revision: 1, gsi1pk: 'IMAGE', gsi1sk: `${n}`, text },
      }),
    () =>
      records.transact([
        { kind: 'update', key: counter, add: { n: 1 } },
        { kind: 'put', record: { pk: `IMAGE#${n}`, sk: 'OCR_JOB#1', type: 'OCR_JOB', revision: 1, text } },
        { kind: 'update', key: { pk: `IMAGE#${n}`, sk: 'IMAGE' }, set: { gsi1pk: 'DONE' }, remove: ['text'] },
      ]),
    () =>
      Promise.all([queue.send({ n }), queue.send({ n, text }), queue.send({ n, delayed: true }, { delayMs: 900_000 })]),
    async () => {
      held = await receive();
    },
    () => held.extend(120_000),
    () => held.ack(),
    async () => {
      held = await receive();
    },
    () => held.reject({ code: 'IMAGE_UNREADABLE', message: 'damaged' }),
    () => queue.dead.redrive(held.id),
    async () => {
      held = await receive();
    },
    () => held.release(0),
    () => artifacts.put('receipts/latest', new Uint8Array(n + 1), { ifAbsent: n === 0 }),
    () => records.write({ kind: 'delete', key: { pk: `IMAGE#${n}`, sk: 'OCR_JOB#1' } }),
    () => records.saveCheckpoint('stream-processor', String(n + 1)),
  ];
  const start = () => records.write({ kind: 'put', record: { ...counter, type: 'COUNTER', revision: 1, n: 0 } });
  return [start, ...Array.from({ length: 5 }, (_, n) => round(n)).flat()];
}

/** All rows of all tables. */
function stateOf(folder: string): string {
  const database = new DatabaseSync(join(folder, 'slipstream.db'));
  try {
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
    return JSON.stringify(
      tables.map(({ name }) => [name, database.prepare(`SELECT * FROM ${name} ORDER BY 1, 2`).all()]),
    );
  } finally {
    database.close();
  }
}
