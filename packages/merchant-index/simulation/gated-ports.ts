import { CompactionRuns, IndexRecords, type PublishedState, type WriterLease } from '@slipstream/records';
import type { Clock, CompactionRunRecord, RecordStore, SnapshotRecord } from '@slipstream/shared';
import type { IndexRow, IndexWriter, VectorStore } from '../src/index.ts';
import type { Gate } from './actor.ts';
import type { Faults } from './faults.ts';

/** The single writer's records, each write a step of its own. */
export class GatedIndexRecords extends IndexRecords {
  readonly #gate: Gate;
  readonly #faults: Faults;
  readonly #records: RecordStore;
  readonly #home: Pick<PublishedState, 'table' | 'uri'>;

  constructor(
    records: RecordStore,
    clock: Clock,
    home: Pick<PublishedState, 'table' | 'uri'>,
    gate: Gate,
    faults: Faults,
  ) {
    super(records, clock);
    this.#records = records;
    this.#home = home;
    this.#gate = gate;
    this.#faults = faults;
  }

  override async snapshot(collection: string): Promise<SnapshotRecord | null> {
    const found = await super.snapshot(collection);
    if (found !== null || !this.#faults.emptyForMissing) return found;
    const optimised_at = '2026-01-01T00:00:00.000Z';
    await super.create(collection, { ...this.#home, version: 1, rows: 0, merges: 0, optimised_at });
    return super.snapshot(collection);
  }

  override acquire(...args: Parameters<IndexRecords['acquire']>): Promise<WriterLease | null> {
    return this.#gate(() => super.acquire(...args));
  }

  override renew(lease: WriterLease, lease_ms: number): Promise<WriterLease | null> {
    return this.#gate(async () => {
      if (this.#faults.fencing === 'none') return lease;
      if (this.#faults.fencing !== 'renewed by anybody') return super.renew(lease, lease_ms);
      const { owner, fence } = lease;
      const key = { pk: `INDEX#${lease.collection}`, sk: 'WRITER' };
      await this.#records.write({ kind: 'update', key, set: { owner, fence } });
      return lease;
    });
  }

  override release(lease: WriterLease): Promise<void> {
    return this.#gate(() => super.release(lease));
  }

  override publish(lease: WriterLease, before: SnapshotRecord, state: PublishedState): Promise<boolean> {
    return this.#gate(async () => {
      if (this.#faults.fencing !== 'none') return super.publish(lease, before, state);
      await this.#records.write({ kind: 'update', key: { pk: before.pk, sk: before.sk }, set: { ...state } });
      return true;
    });
  }
}

export class GatedRuns extends CompactionRuns {
  readonly #gate: Gate;
  readonly #faults: Faults;

  constructor(records: RecordStore, clock: Clock, gate: Gate, faults: Faults) {
    super(records, clock);
    this.#gate = gate;
    this.#faults = faults;
  }

  override merged(run: CompactionRunRecord, rows: number): Promise<CompactionRunRecord | null> {
    return this.#gate(() => super.merged(run, rows));
  }

  override async unmerged(imageId: string, collection: string): Promise<readonly CompactionRunRecord[]> {
    return this.#faults.buriesNoLateRows ? [] : super.unmerged(imageId, collection);
  }
}

/** The store as one program has it: reads before a merge and the merge itself are steps. */
export function gatedVectors(vectors: VectorStore, gate: Gate, faults: Faults): VectorStore {
  return {
    uri: (collection) => vectors.uri(collection),
    create: (...args) => vectors.create(...args),
    openReader: (...args) => vectors.openReader(...args),
    openWriter: async (...args) => gatedWriter(await vectors.openWriter(...args), gate, faults),
    drop: (table) => vectors.drop(table),
    close: () => vectors.close(),
  };
}

function gatedWriter(writer: IndexWriter, gate: Gate, faults: Faults): IndexWriter {
  const kept = (rows: readonly IndexRow[]) => (faults.writesNoTombstones ? rows.filter((row) => !row.deleted) : rows);
  return {
    rowsOf: (receipts) => gate(() => writer.rowsOf(receipts)),
    merge: (rows) => gate(() => writer.merge(kept(rows))),
    removeDuplicates: () => gate(() => writer.removeDuplicates()),
    purgeTombstones: (before) => gate(() => writer.purgeTombstones(before)),
    optimise: (options) => gate(() => writer.optimise(options)),
    version: () => writer.version(),
    count: () => writer.count(),
    close: () => writer.close(),
  };
}
