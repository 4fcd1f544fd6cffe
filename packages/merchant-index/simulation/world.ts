import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IndexRecords } from '@slipstream/records';
import { createLogger, type Logger } from '@slipstream/runtime';
import type { CompactionMessage, ReceiptRecord } from '@slipstream/shared';
import { FakeClock, MemoryRecordStore } from '@slipstream/testing';
import {
  type CompactionPorts,
  compactCollection,
  type IndexRow,
  initIndex,
  openLanceStore,
  type VectorStore,
} from '../src/index.ts';
import { Actor, type Gate } from './actor.ts';
import type { Faults } from './faults.ts';
import { GatedIndexRecords, GatedRuns, gatedVectors } from './gated-ports.ts';
import { MemoryObjects } from './memory-objects.ts';
import { COLLECTION, IDENTITY, Office } from './office.ts';
import { unreducedRows } from './unreduced-rows.ts';

const LEASE_MS = 60_000;
const SILENT: Logger = createLogger({ name: 'simulation', level: 'silent' });

/** Records and queue in memory, the index on the real LanceDB in a folder of its own. */
export class World {
  readonly clock = new FakeClock();
  readonly office: Office;
  readonly indexRecords: IndexRecords;
  readonly #records = new MemoryRecordStore();
  readonly #artifacts = new MemoryObjects();
  readonly #folder = mkdtempSync(join(tmpdir(), 'slipstream-interleavings-'));
  readonly #vectors: VectorStore;
  readonly #faults: Faults;
  /** Sent and not acknowledged. */
  readonly #waiting = new Set<CompactionMessage>();
  readonly #everSent: CompactionMessage[] = [];
  readonly #firstRecords = new Map<string, ReceiptRecord | null>();
  #fence = 0;

  private constructor(faults: Faults) {
    this.#faults = faults;
    this.#vectors = openLanceStore({ uri: this.#folder });
    this.office = new Office(this.#records, this.#artifacts, this.clock, faults);
    this.indexRecords = new IndexRecords(this.#records, this.clock);
  }

  static async open(faults: Faults = {}): Promise<World> {
    const world = new World(faults);
    const ports = { indexRecords: world.indexRecords, vectors: world.#vectors, identity: IDENTITY, clock: world.clock };
    await initIndex(ports, COLLECTION);
    return world;
  }

  get waiting(): readonly CompactionMessage[] {
    return [...this.#waiting];
  }

  /** Also those that were acknowledged: a queue may deliver them again. */
  get everSent(): readonly CompactionMessage[] {
    return this.#everSent;
  }

  async read(image: string, rowCounts: readonly number[]): Promise<readonly CompactionMessage[]> {
    return this.#sent(await this.office.read(image, rowCounts));
  }

  async rename(image: string, receiptId: string, merchant: string): Promise<readonly CompactionMessage[]> {
    return this.#sent(await this.office.rename(image, receiptId, merchant));
  }

  async review(image: string, receiptId: string): Promise<readonly CompactionMessage[]> {
    return this.#sent(await this.office.review(image, receiptId));
  }

  /** A compactor that has taken these messages. */
  compactor(name: string, messages: readonly CompactionMessage[]): Actor {
    return new Actor(name, async (gate) => {
      if (this.#faults.acknowledgesFirst) for (const message of messages) await gate(() => this.#acknowledge(message));
      const options = { owner: name, lease_ms: LEASE_MS, isTimeOver: () => false };
      const outcomes = await compactCollection(this.#ports(gate), COLLECTION, messages, options);
      for (const [index, outcome] of outcomes.entries()) {
        const message = messages[index];
        if (message && outcome.kind === 'done') await gate(() => this.#acknowledge(message));
      }
    });
  }

  /** Every lease of those who do not move ends. */
  async outliveLeases(): Promise<void> {
    await this.clock.advance(LEASE_MS + 1);
  }

  /** What waits is delivered until it is done with; by one that nothing happens to. */
  async drain(): Promise<void> {
    for (let round = 0; this.#waiting.size > 0; round += 1) {
      if (round === 10) throw new Error(`${this.#waiting.size} messages never get done.`);
      await this.outliveLeases();
      await this.compactor(`drain ${round}`, this.waiting).run();
    }
  }

  /** Throws when readers see what they must not, or the published count is not what they see. */
  async check(when: string, isFinal = false): Promise<void> {
    const writer = await this.indexRecords.writer(COLLECTION);
    if ((writer?.fence ?? 0) < this.#fence) throw new Error(`${when}: the fencing number went back`);
    this.#fence = writer?.fence ?? 0;
    const snapshot = await this.indexRecords.snapshot(COLLECTION);
    // Without one, readers are told so, which is no loss.
    if (snapshot === null) {
      if (isFinal) throw new Error(`${when}: there is no snapshot`);
      return;
    }
    const rows = await this.#livingRows(snapshot.table, snapshot.version);
    const fault = this.office.history.faultOf(rows, isFinal);
    if (fault !== null) throw new Error(`${when}: ${fault}`);
    if (snapshot.rows !== rows.length)
      throw new Error(`${when}: ${snapshot.rows} rows published, ${rows.length} there`);
  }

  /** The snapshot's record gets lost; the returned function brings it back. */
  async loseSnapshot(): Promise<() => Promise<void>> {
    const record = await this.#records.get({ pk: `INDEX#${COLLECTION}`, sk: 'SNAPSHOT' });
    if (!record) throw new Error('There is no snapshot to lose.');
    await this.#records.write({ kind: 'delete', key: { pk: record.pk, sk: record.sk } });
    return async () => {
      const now = await this.#records.get({ pk: record.pk, sk: record.sk });
      if (now === null) await this.#records.write({ kind: 'put', record });
    };
  }

  async close(): Promise<void> {
    await this.#vectors.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #livingRows(table: string, version: number): Promise<readonly IndexRow[]> {
    if (this.#faults.readsUnreduced) return unreducedRows(this.#folder, table, version);
    const reader = await this.#vectors.openReader(table, IDENTITY, version);
    const rows = await Array.fromAsync(reader.rows());
    await reader.close();
    return rows.filter((row) => !row.deleted);
  }

  #sent(messages: readonly CompactionMessage[]): readonly CompactionMessage[] {
    for (const message of messages) this.#waiting.add(message);
    this.#everSent.push(...messages);
    return messages;
  }

  async #acknowledge(message: CompactionMessage): Promise<void> {
    this.#waiting.delete(message);
    const run = message.run_id ? await this.office.runs.get(message.image_id, message.run_id, COLLECTION) : null;
    this.office.history.acknowledged(message, run ? run.receipts : [message]);
  }

  #ports(gate: Gate): CompactionPorts {
    const get = async (imageId: string, receiptId: string) => {
      const key = `${imageId}#${receiptId}`;
      const known = this.#faults.trustsFirstRecord ? this.#firstRecords.get(key) : undefined;
      const record = known ?? (await this.office.receipts.get(imageId, receiptId));
      this.#firstRecords.set(key, record);
      return record;
    };
    const home = { table: COLLECTION, uri: this.#vectors.uri(COLLECTION) };
    return {
      indexRecords: new GatedIndexRecords(this.#records, this.clock, home, gate, this.#faults),
      compactionRuns: new GatedRuns(this.#records, this.clock, gate, this.#faults),
      receipts: { get },
      jobs: this.office.jobs,
      artifacts: this.#artifacts,
      vectors: gatedVectors(this.#vectors, gate, this.#faults),
      identity: IDENTITY,
      // A process that does not move has no heartbeat either.
      clock: { now: () => this.clock.now(), monotonic: () => this.clock.monotonic(), sleep: untilAborted },
      logger: SILENT,
    };
  }
}

function untilAborted(_ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    else signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}
