import {
  DEFAULT_OWNER,
  merchantIdOfKey,
  merchantIdOfReceipt,
  type ObjectStore,
  type ReceiptRecord,
  type RecordStore,
  recordKeys,
  SlipstreamError,
  systemClock,
} from '@slipstream/shared';
import { FakeClock, MemoryRecordStore } from '@slipstream/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { Jobs } from '../../src/repositories/jobs.ts';
import { MerchantChanges } from '../../src/repositories/merchant-changes.ts';
import { MerchantReceipts } from '../../src/repositories/merchant-receipts.ts';
import { Merchants } from '../../src/repositories/merchants.ts';
import { Receipts } from '../../src/repositories/receipts.ts';

const IMAGE = '7aee1585-a82d-57fe-b9e6-9ef48824255f';
const [ACME, OTHER, THIRD] = ['a', 'b', 'c'].map((value) => merchantIdOfKey('phone', value)) as [
  string,
  string,
  string,
];
const PHONE = { kind: 'phone', value: '+441632960123' };
const ADDRESS = { kind: 'address', value: '12 HARBOUR STREET' };

/** Documents are lost: what merchants are of is changed in the records all the same. */
const lost = () => Promise.reject(new SlipstreamError('OBJECT_NOT_FOUND', 'There is no such object.'));
const NO_DOCUMENTS: ObjectStore = {
  bucket: 'artifacts',
  put: lost,
  get: lost,
  head: async () => null,
  list: async () => ({ items: [], cursor: null }),
  delete: async () => {},
  purge: async () => 0,
  presignPut: lost,
};

let records: MemoryRecordStore;
let merchants: Merchants;
let links: MerchantReceipts;
let changes: MerchantChanges;
beforeEach(async () => {
  const clock = new FakeClock();
  records = new MemoryRecordStore();
  merchants = new Merchants(records, clock);
  links = new MerchantReceipts(records, merchants, clock);
  const receipts = new Receipts(records, NO_DOCUMENTS, new Jobs(records, clock), clock);
  changes = new MerchantChanges(records, merchants, links, receipts, clock);
  await records.transact([
    merchants.createWrite(ACME, 'ACME LTD'),
    merchants.takeKeyWrite(ACME, PHONE),
    merchants.createWrite(OTHER, 'Acme Limited'),
    merchants.takeKeyWrite(OTHER, ADDRESS),
    merchants.createWrite(THIRD, 'Zenith'),
  ]);
});

/** A receipt's record, and its link as the change stream makes it. */
async function receipt(merchant_id: string, number = 1, date: string | null = '2026-03-14'): Promise<ReceiptRecord> {
  const receipt_id = String(number).padStart(5, '0');
  const record: ReceiptRecord = {
    ...recordKeys.receipt(IMAGE, receipt_id),
    owner_id: DEFAULT_OWNER,
    type: 'RECEIPT',
    revision: 1,
    image_id: IMAGE,
    receipt_id,
    job_id: IMAGE,
    status: 'VALID',
    object_key: 'receipts/x',
    merchant_id,
    ...(date === null ? {} : { date }),
    confidence: 1,
    checks_ok: 0,
    checks_total: 0,
    item_count: 0,
    created_at: '2026-03-14T09:26:53.589Z',
    updated_at: '2026-03-14T09:26:53.589Z',
  };
  await records.write({ kind: 'put', record });
  await links.followReceipt(null, record);
  return record;
}
const receiptsOf = async (merchantId: string) =>
  (await links.list(merchantId, { limit: 10 })).items.map(({ receipt_id }) => Number(receipt_id));
const stored = (number = 1) => records.get(recordKeys.receipt(IMAGE, String(number).padStart(5, '0')));

describe('ids of merchants', () => {
  it('are made of the strongest key, else of image and receipt, and never change', () => {
    expect(merchantIdOfKey('phone', '+441632960123')).toBe('9db5828b-eece-5dc7-8f2b-fb22842f11b3');
    expect(merchantIdOfReceipt(IMAGE, '00001')).not.toBe(merchantIdOfReceipt(IMAGE, '00002'));
  });
});

describe('keys', () => {
  it('are one merchant’s: who comes second fails', async () => {
    await expect(records.transact([merchants.takeKeyWrite(OTHER, PHONE)])).rejects.toMatchObject({
      code: 'CONDITION_FAILED',
    });
    expect(await merchants.ownerOf(PHONE)).toBe(ACME);
    expect(await merchants.ownerOf({ kind: 'phone', value: 'nobody' })).toBeNull();
  });

  it('are found by their merchant', async () => {
    expect((await merchants.keysOf(ACME, { limit: 10 })).items).toEqual([PHONE]);
  });
});

describe('a merchant’s receipts', () => {
  it('are listed by their date, the newest first, without a date last', async () => {
    await receipt(ACME, 1, '2026-01-01');
    await receipt(ACME, 2, null);
    await receipt(ACME, 3, '2026-02-01');
    expect(await receiptsOf(ACME)).toEqual([3, 1, 2]);
  });

  it('follow a corrected date, and go with the receipt; both are safe to repeat', async () => {
    const before = await receipt(ACME);
    const after = { ...before, date: '2026-04-01', revision: 2 };
    await records.write({ kind: 'put', record: after });
    for (let times = 0; times < 2; times += 1) await links.followReceipt(before, after);
    expect(await receiptsOf(ACME)).toEqual([1]);
    await records.write({ kind: 'delete', key: recordKeys.receipt(IMAGE, '00001') });
    for (let times = 0; times < 2; times += 1) await links.followReceipt(after, null);
    expect((await records.query({ partition: `MERCHANT#${ACME}`, prefix: 'RECEIPT#', limit: 9 })).items).toEqual([]);
  });
});

describe('renaming', () => {
  it('keeps the old name as an alias and moves the merchant in the list', async () => {
    expect(await changes.rename(ACME, ' Zorro & Sons ')).toMatchObject({ name: 'Zorro & Sons', aliases: ['ACME LTD'] });
    expect((await merchants.list({ limit: 10 })).items.map(({ name }) => name)).toEqual([
      'Acme Limited',
      'Zenith',
      'Zorro & Sons',
    ]);
    expect(await changes.rename(ACME, 'ACME LTD')).toMatchObject({ name: 'ACME LTD', aliases: ['Zorro & Sons'] });
  });

  it.each(['', '   ', 'x'.repeat(201)])('refuses a name that is none', async (name) => {
    await expect(changes.rename(ACME, name)).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('says that there is no such merchant', async () => {
    await expect(changes.rename(IMAGE, 'x')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('merging', () => {
  it('moves keys, receipts and names, and raises the receipts’ revisions', async () => {
    await receipt(ACME, 1);
    await receipt(OTHER, 2);
    const { merchant, keys_moved, receipts_moved } = await changes.merge(OTHER, ACME);
    expect({ keys_moved, receipts_moved }).toEqual({ keys_moved: 1, receipts_moved: 1 });
    expect(merchant).toMatchObject({ merchant_id: ACME, name: 'ACME LTD', aliases: ['Acme Limited'] });
    expect(await merchants.ownerOf(ADDRESS)).toBe(ACME);
    expect((await merchants.keysOf(ACME, { limit: 10 })).items).toHaveLength(2);
    expect(await stored(2)).toMatchObject({ merchant_id: ACME, revision: 2 });
    expect(await stored(1)).toMatchObject({ revision: 1 });
    expect((await receiptsOf(ACME)).sort()).toEqual([1, 2]);
    expect(await receiptsOf(OTHER)).toEqual([]);
  });

  it('leaves the old merchant as a pointer that is in no list', async () => {
    await changes.merge(OTHER, ACME);
    expect(await merchants.get(OTHER)).toMatchObject({ merged_into: ACME, name: 'Acme Limited' });
    expect(await merchants.find(OTHER)).toMatchObject({ merchant_id: ACME });
    expect((await merchants.list({ limit: 10 })).items.map(({ merchant_id }) => merchant_id)).toEqual([ACME, THIRD]);
  });

  it('is harmless when repeated, and brings to its end what was interrupted', async () => {
    await changes.merge(OTHER, ACME);
    // As if the first run had ended before it came to these.
    await receipt(OTHER, 7);
    await records.write(merchants.takeKeyWrite(OTHER, { kind: 'website', value: 'acme.example' }));
    expect(await changes.merge(OTHER, ACME)).toMatchObject({ keys_moved: 1 });
    expect(await changes.merge(OTHER, ACME)).toMatchObject({ keys_moved: 0, receipts_moved: 0 });
    expect(await stored(7)).toMatchObject({ merchant_id: ACME });
  });

  it('a receipt that was matched to the old merchant meanwhile is moved when its change comes by', async () => {
    await changes.merge(OTHER, ACME);
    await receipt(OTHER, 4);
    expect(await stored(4)).toMatchObject({ merchant_id: ACME, revision: 2 });
    expect(await receiptsOf(ACME)).toEqual([4]);
  });

  it('follows merges of merges, and makes no circle of them', async () => {
    await changes.merge(OTHER, ACME);
    await changes.merge(ACME, THIRD);
    expect(await merchants.find(OTHER)).toMatchObject({ merchant_id: THIRD, aliases: ['ACME LTD', 'Acme Limited'] });
    await expect(changes.merge(THIRD, OTHER)).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    expect(await merchants.find(THIRD)).toMatchObject({ merchant_id: THIRD });
  });

  it('refuses itself, strangers, and a merchant that went elsewhere', async () => {
    await expect(changes.merge(ACME, ACME)).rejects.toThrow(/into itself/);
    await expect(changes.merge(ACME, IMAGE)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(changes.merge(IMAGE, ACME)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await changes.merge(OTHER, ACME);
    await expect(changes.merge(OTHER, THIRD)).rejects.toThrow(/was merged into/);
  });
});

describe('a link that comes again while its merchant is merged', () => {
  it('is moved with the date that the receipt has by now', async () => {
    const before = await receipt(ACME, 1, '2026-01-01');
    const after = { ...before, date: '2026-02-02', revision: 2 };
    await records.write({ kind: 'put', record: after });
    await links.followReceipt(before, after);
    await records.write({ kind: 'update', key: recordKeys.merchant(ACME), set: { merged_into: OTHER } });
    await links.followReceipt(null, before);
    const moved = (await records.query({ partition: `MERCHANT#${OTHER}`, prefix: 'RECEIPT#', limit: 9 })).items;
    expect(moved.map(({ sk }) => sk)).toEqual([expect.stringContaining('2026-02-02')]);
  });
});

describe('assigning', () => {
  it('says whose a receipt is, in the record and in both lists', async () => {
    await receipt(ACME, 1);
    expect(await changes.assign(IMAGE, '00001', THIRD)).toMatchObject({ name: 'Zenith' });
    expect(await stored()).toMatchObject({ merchant_id: THIRD, match_status: 'MATCHED', merchant_assigned: true });
    expect(await receiptsOf(THIRD)).toEqual([1]);
    expect(await receiptsOf(ACME)).toEqual([]);
  });

  it('that is overtaken by another leaves the receipt in the list of whom it is now', async () => {
    const before = await receipt(ACME, 1);
    const { promise: isOvertaken, resolve: overtaken } = Promise.withResolvers<void>();
    const { promise: isWritten, resolve: written } = Promise.withResolvers<void>();
    const transact: MemoryRecordStore['transact'] = async (writes) => {
      await records.transact(writes);
      written();
      await isOvertaken;
    };
    const clock = new FakeClock();
    const slow: RecordStore = {
      get: (key) => records.get(key),
      query: (query) => records.query(query),
      write: (each) => records.write(each),
      transact,
    };
    const receipts = new Receipts(slow, NO_DOCUMENTS, new Jobs(records, clock), clock);
    const assigning = new MerchantChanges(records, merchants, links, receipts, clock).assign(IMAGE, '00001', THIRD);
    await isWritten;
    await changes.assign(IMAGE, '00001', ACME);
    const between = { ...before, merchant_id: THIRD };
    await links.followReceipt(before, between);
    await links.followReceipt(between, before);
    overtaken();
    await assigning;
    expect(await receiptsOf(ACME)).toEqual([1]);
    expect(await receiptsOf(THIRD)).toEqual([]);
  });

  it('goes to whom the merchant was merged into, and to nobody who is not there', async () => {
    await receipt(ACME, 1);
    await changes.merge(OTHER, THIRD);
    expect(await changes.assign(IMAGE, '00001', OTHER)).toMatchObject({ merchant_id: THIRD });
    await expect(changes.assign(IMAGE, '00009', THIRD)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(changes.assign(IMAGE, '00001', IMAGE)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('changes of the same merchant at the same time', () => {
  // They wait for each other.
  beforeEach(() => {
    const receipts = new Receipts(records, NO_DOCUMENTS, new Jobs(records, systemClock), systemClock);
    changes = new MerchantChanges(records, merchants, links, receipts, systemClock);
  });

  it('are all made, one after the other', async () => {
    await Promise.all([
      changes.rename(ACME, 'Acme & Sons'),
      changes.merge(OTHER, ACME),
      changes.merge(THIRD, ACME),
      changes.rename(ACME, 'Acme & Daughters'),
    ]);
    const merchant = await merchants.find(THIRD);
    expect(merchant?.merchant_id).toBe(ACME);
    expect((await merchants.find(OTHER))?.merchant_id).toBe(ACME);
    expect(['Acme & Sons', 'Acme & Daughters']).toContain(merchant?.name);
    expect(merchant?.aliases).toEqual(expect.arrayContaining(['ACME LTD', 'Acme Limited', 'Zenith']));
  });

  it('are refused where they contradict each other', async () => {
    const both = await Promise.allSettled([changes.merge(OTHER, ACME), changes.merge(ACME, OTHER)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const [one, other] = [await merchants.find(ACME), await merchants.find(OTHER)];
    expect(one?.merchant_id).toBe(other?.merchant_id);
  });
});
