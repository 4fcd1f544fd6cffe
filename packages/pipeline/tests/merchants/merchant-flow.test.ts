import { decodeDelta } from '@slipstream/merchant-index';
import { readAll } from '@slipstream/records';
import { sha256Hex } from '@slipstream/runtime';
import { type CompactionRunRecord, SlipstreamError, type StoredRecord } from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MERCHANT_WRITES_MAX, merchantWrites } from '../../src/process-ocr-results/merchant-writes.ts';
import { createProcessOcrResults } from '../../src/process-ocr-results/process-ocr-results.ts';
import type { AllPorts } from '../../src/work/all-ports.ts';
import { type MemoryHome, openEmbeddedMemoryHome, resultMessage } from '../../testing/memory-home.ts';
import { HARBOUR, HARBOUR_BRANCH, receiptLines, type Shop, STALL, ZENITH } from '../../testing/shops.ts';
import { context, publish } from '../../testing/test-home.ts';

let home: MemoryHome;
beforeEach(async () => {
  home = await openEmbeddedMemoryHome();
});
afterEach(() => home.close());

async function processed(lines: readonly string[], ports: AllPorts = home.ports) {
  const ids = await home.read(lines);
  const answer = await createProcessOcrResults(ports)([resultMessage(ids)], context());
  return { ...ids, ...answer };
}
const recordOf = async ({ image_id }: { readonly image_id: string }) => {
  const record = await home.ports.receipts.get(image_id, '00001');
  if (!record) throw new Error('there is no receipt');
  return record;
};
async function runsOf(image_id: string): Promise<readonly StoredRecord[]> {
  return (await home.ports.records.query({ partition: `IMAGE#${image_id}`, prefix: 'RUN#', limit: 10 })).items;
}
async function deltaOf(image_id: string) {
  const [run] = await runsOf(image_id);
  const bytes = await readAll(await home.ports.artifacts.get(String(run?.delta_key)), 10_000_000);
  return { run: run as unknown as CompactionRunRecord, bytes, delta: decodeDelta(bytes, String(run?.delta_sha256)) };
}

describe('a receipt that is processed', () => {
  it('has its merchant in record and document, and its rows in a delta of the same revision', async () => {
    const done = await processed(receiptLines(HARBOUR));
    const record = await recordOf(done);
    const document = await home.ports.receipts.document(record);
    expect(record).toMatchObject({ match_status: 'NEW', revision: 1, rows_revision: 1 });
    expect(document.merchant_match).toMatchObject({ merchant_id: record.merchant_id, name: HARBOUR.name });
    const { run, bytes, delta } = await deltaOf(done.image_id);
    expect(run).toMatchObject({ status: 'PENDING', run_id: record.run_id, delta_sha256: sha256Hex(bytes) });
    expect(delta.receipts).toEqual([{ receipt_id: '00001', revision: 1 }]);
    expect(delta.rows.map(({ text }) => text)).toContain(HARBOUR.name);
    expect(run.rows).toBe(delta.rows.length);
    for (const row of delta.rows) {
      expect(row).toMatchObject({ merchant_id: record.merchant_id, phone: '+60340210276', revision: 1 });
    }
  });

  it('of a branch is of the same company; of a stall in the same house it is not', async () => {
    const first = await recordOf(await processed(receiptLines(HARBOUR)));
    const branch = await recordOf(await processed(receiptLines(HARBOUR_BRANCH)));
    const stall = await recordOf(await processed(receiptLines(STALL)));
    expect(branch).toMatchObject({ match_status: 'MATCHED', merchant_id: first.merchant_id });
    expect(stall.match_status).toBe('NEW');
    expect(stall.merchant_id).not.toBe(first.merchant_id);
  });

  it('that is read again keeps its merchant, also one that nothing but its name is known of', async () => {
    const bare: Shop = { name: 'QUIET CORNER CAFE', street: 'Riverside' };
    const ids = await processed(receiptLines(bare));
    const before = await recordOf(ids);
    const job = await home.ports.jobs.reprocess(ids.image_id, 'again');
    await republish(ids.image_id, receiptLines(bare));
    await createProcessOcrResults(home.ports)([resultMessage(job)], context());
    const after = await recordOf(ids);
    expect(after).toMatchObject({ merchant_id: before.merchant_id, revision: 2, rows_revision: 2 });
    expect((await home.ports.merchants.list({ limit: 10 })).items).toHaveLength(1);
  });

  it('that a person assigned stays theirs when it is read again', async () => {
    const ids = await processed(receiptLines(HARBOUR));
    const zenith = await recordOf(await processed(receiptLines(ZENITH)));
    await home.ports.merchantChanges.assign(ids.image_id, '00001', zenith.merchant_id ?? '');
    const job = await home.ports.jobs.reprocess(ids.image_id, 'again');
    await republish(ids.image_id, receiptLines(HARBOUR));
    await createProcessOcrResults(home.ports)([resultMessage(job)], context());
    const after = await recordOf(ids);
    expect(after).toMatchObject({ merchant_id: zenith.merchant_id, merchant_assigned: true, match_status: 'MATCHED' });
    expect((await home.ports.receipts.document(after)).merchant_match).toMatchObject({ tier: 'person', confidence: 1 });
  });

  it('of a merchant that was merged away goes to the one that it is now', async () => {
    const harbour = await recordOf(await processed(receiptLines(HARBOUR)));
    const zenith = await recordOf(await processed(receiptLines(ZENITH)));
    await home.ports.merchantChanges.merge(zenith.merchant_id ?? '', harbour.merchant_id ?? '');
    const next = await recordOf(await processed(receiptLines(ZENITH, 2)));
    expect(next).toMatchObject({ match_status: 'MATCHED', merchant_id: harbour.merchant_id });
  });

  it('is kept without rows where the budget for embeddings is spent', async () => {
    const memory = await home.ports.merchantMemory();
    if (memory === null) throw new Error('there is no memory');
    const embedder = {
      ...memory.embedder,
      embed: async () => {
        throw new SlipstreamError('EMBEDDING_BUDGET_SPENT', 'spent');
      },
    };
    const done = await processed(receiptLines(HARBOUR), {
      ...home.ports,
      merchantMemory: async () => ({ ...memory, embedder, reader: memory.reader.bind(memory) }),
    });
    const record = await recordOf(done);
    expect(record.match_status).toBe('NEW');
    expect(record.run_id).toBeUndefined();
    expect(await runsOf(done.image_id)).toEqual([]);
  });

  it('waits where the provider of embeddings cannot be reached, and its job is none the worse', async () => {
    const memory = await home.ports.merchantMemory();
    if (memory === null) throw new Error('there is no memory');
    const embedder = {
      ...memory.embedder,
      embed: async () => {
        throw new SlipstreamError('EMBEDDING_UNAVAILABLE', 'away');
      },
    };
    const done = await processed(receiptLines(HARBOUR), {
      ...home.ports,
      merchantMemory: async () => ({ ...memory, embedder, reader: memory.reader.bind(memory) }),
    });
    expect(done.retry).toHaveLength(1);
    expect(await home.ports.jobs.get(done.image_id, done.job_id)).toMatchObject({ status: 'OCR_DONE', attempts: 0 });
  });

  it.each(['INDEX_MISSING', 'INDEX_EMBEDDING_MISMATCH', 'ACCESS_DENIED', 'CREDENTIALS_EXPIRED'] as const)(
    'waits where the index cannot be used (%s), and its job is none the worse',
    async (code) => {
      const memory = await home.ports.merchantMemory();
      if (memory === null) throw new Error('there is no memory');
      const reader = async () => {
        throw new SlipstreamError(code, 'slipstream index init makes one');
      };
      const { embedder, vectors, collections, close } = memory;
      const broken = { embedder, vectors, collections, close, reader };
      const done = await processed(receiptLines(HARBOUR), { ...home.ports, merchantMemory: async () => broken });
      expect(done.retry).toHaveLength(1);
      expect(await home.ports.jobs.get(done.image_id, done.job_id)).toMatchObject({ status: 'OCR_DONE', attempts: 0 });
    },
  );

  it('needs no index: exact keys tell merchants without one', async () => {
    const ports = { ...home.ports, merchantMemory: async () => null };
    const first = await recordOf(await processed(receiptLines(HARBOUR), ports));
    const branch = await recordOf(await processed(receiptLines(HARBOUR_BRANCH), ports));
    expect(branch.merchant_id).toBe(first.merchant_id);
    expect(branch.run_id).toBeUndefined();
  });
});

describe('a crash', () => {
  it.each(['before', 'after'])(
    '%s the transaction is followed by one merchant, one run and one receipt',
    async (when) => {
      const ids = await home.read(receiptLines(HARBOUR));
      const { records } = home.ports;
      let crashes = 1;
      const complete = home.ports.receipts.complete.bind(home.ports.receipts);
      const receipts = Object.create(home.ports.receipts, {
        complete: {
          value: async (...args: Parameters<typeof complete>) => {
            const outcome = when === 'after' || crashes === 0 ? await complete(...args) : null;
            crashes -= 1;
            if (crashes >= 0) throw new SlipstreamError('STORE_UNAVAILABLE', 'the process died here');
            return outcome;
          },
        },
      });
      const run = (ports: AllPorts) => createProcessOcrResults(ports)([resultMessage(ids)], context());
      expect((await run({ ...home.ports, receipts })).retry).toHaveLength(1);
      expect((await run(home.ports)).retry).toEqual([]);
      expect((await home.ports.merchants.list({ limit: 10 })).items).toHaveLength(1);
      expect(await runsOf(ids.image_id)).toHaveLength(1);
      const record = await recordOf(ids);
      const { delta } = await deltaOf(ids.image_id);
      expect(delta.receipts).toEqual([{ receipt_id: '00001', revision: record.revision }]);
      expect(await records.get({ pk: `MERCHANT#${record.merchant_id}`, sk: 'MERCHANT' })).not.toBeNull();
    },
  );
});

describe('twenty receipts on one image', () => {
  it('fit into one transaction, each new merchant with its strongest key', () => {
    const resolutions = Array.from({ length: 20 }, (_, i) => ({
      match: {
        status: 'NEW' as const,
        merchant_id: null,
        name: null,
        tier: '',
        confidence: 1,
        evidence: [],
        candidates: [],
      },
      merchant: { merchant_id: `m${i}`, name: `Shop ${i}` },
      is_created: true,
      taken: (['tax_id', 'phone', 'website', 'address'] as const).map((kind) => ({ kind, value: `${kind}${i}` })),
    }));
    const writes = merchantWrites(home.ports.merchants, resolutions);
    expect(writes).toHaveLength(MERCHANT_WRITES_MAX);
    const keys = writes.map((write) => (write.kind === 'put' ? write.record.pk : ''));
    for (let i = 0; i < 20; i += 1) {
      expect(keys).toContain(`MERCHANT#m${i}`);
      expect(keys).toContain(`KEY#tax_id#tax_id${i}`);
    }
    // The job, its image, twenty receipts, two runs, and what closes the routing.
    expect(writes.length + 1 + 1 + 20 + 2 + 1).toBeLessThanOrEqual(100);
  });
});

async function republish(image_id: string, lines: readonly string[]): Promise<void> {
  await publish(home.ports, image_id, lines);
}
