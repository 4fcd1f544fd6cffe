import { SlipstreamError, type SnapshotRecord } from '@slipstream/shared';
import type { IndexRow } from '../index/index-row.ts';
import type { IndexWriter } from '../index/vector-index.ts';
import type { CompactionPorts } from './compaction-ports.ts';
import { type HeldLease, leaseLost } from './held-lease.ts';
import { indexMissing } from './index-missing.ts';

/** One collection in its single writer's hands: what it commits is published, and only while the lease holds. */
export class CollectionSession {
  readonly writer: IndexWriter;
  readonly #ports: CompactionPorts;
  readonly #held: HeldLease;
  #snapshot: SnapshotRecord;
  /** The newest version that this session knows of, published or not. */
  #version: number;

  private constructor(
    ports: CompactionPorts,
    held: HeldLease,
    snapshot: SnapshotRecord,
    opened: { readonly writer: IndexWriter; readonly version: number },
  ) {
    this.#ports = ports;
    this.#held = held;
    this.#snapshot = snapshot;
    this.#version = opened.version;
    this.writer = opened.writer;
  }

  /** `INDEX_MISSING` without a snapshot: nobody publishes an empty one. */
  static async open(ports: CompactionPorts, collection: string, held: HeldLease): Promise<CollectionSession> {
    const snapshot = await ports.indexRecords.snapshot(collection);
    if (snapshot === null) throw indexMissing(collection);
    assertHome(ports, snapshot);
    const writer = await ports.vectors.openWriter(snapshot.table, ports.identity);
    try {
      return new CollectionSession(ports, held, snapshot, { writer, version: await writer.version() });
    } catch (error) {
      await writer.close();
      throw error;
    }
  }

  get snapshot(): SnapshotRecord {
    return this.#snapshot;
  }

  /** One commit, seen by readers when this resolves. `living`: by how many the living rows become more. */
  async commit(rows: readonly IndexRow[], living: number): Promise<void> {
    const isUnpublished = this.#version !== this.#snapshot.version;
    const expected = this.#version + (rows.length > 0 ? 1 : 0);
    if (rows.length > 0) {
      await this.#held.assertHeld();
      this.#version = (await this.writer.merge(rows)).version;
    } else {
      // Nothing to write may mean that another writer, who took over, has stored it and not yet published: then the
      // version has moved, and publishing it here asks for the fence.
      this.#version = await this.writer.version();
    }
    if (this.#version === this.#snapshot.version) return;
    // What a crash left unpublished, or a frozen writer put in between, is not in the sum: counted instead.
    const isKnown = !isUnpublished && this.#version === expected;
    const count = isKnown ? this.#snapshot.rows + living : await this.writer.count();
    await this.#publish({ rows: count, merges: this.#snapshot.merges + 1, optimised_at: this.#snapshot.optimised_at });
  }

  /** After the table was put in order: the version that it left. */
  async published(version: number, optimised_at: string): Promise<void> {
    this.#version = version;
    await this.#publish({ rows: await this.writer.count(), merges: 0, optimised_at });
  }

  async assertHeld(): Promise<void> {
    await this.#held.assertHeld();
  }

  async #publish(state: Pick<SnapshotRecord, 'rows' | 'merges' | 'optimised_at'>): Promise<void> {
    const { table, uri, collection } = this.#snapshot;
    const published = { ...state, table, uri, version: this.#version };
    const isPublished = await this.#ports.indexRecords.publish(this.#held.lease, this.#snapshot, published);
    if (!isPublished) throw leaseLost(collection);
    this.#snapshot = { ...this.#snapshot, ...published, revision: this.#snapshot.revision + 1 };
  }
}

/** Every writer uses the home that the snapshot names, or fails: two homes would each have half of the rows. */
function assertHome({ vectors }: CompactionPorts, { collection, table, uri }: SnapshotRecord): void {
  const configured = vectors.uri(table);
  if (vectors.followsSnapshot || configured === uri) return;
  throw new SlipstreamError(
    'CONFIGURATION_INVALID',
    `The index ${collection} lives at ${uri}, this configuration would write to ${configured}: set it back, or move the index with "slipstream index move".`,
    { retry: 'later', details: { collection, uri, configured } },
  );
}
