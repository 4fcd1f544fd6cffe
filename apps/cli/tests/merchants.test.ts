import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLogger } from '@slipstream/runtime';
import { DEFAULT_OWNER, merchantIdOfKey, type ReceiptRecord, recordKeys } from '@slipstream/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHome } from '../src/home/open-home.ts';

const PROGRAM = fileURLToPath(new URL('../src/slipstream.ts', import.meta.url));
const IMAGE = '7aee1585-a82d-57fe-b9e6-9ef48824255f';
const [ACME, DUPLICATE] = [merchantIdOfKey('phone', '1'), merchantIdOfKey('phone', '2')];
const logger = createLogger({ name: 'test', level: 'silent', destination: { write: () => {} } });

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipstream-merchants-'));
  const home = await openHome(folder, logger);
  const { records, merchants, merchantReceipts } = home;
  await records.transact([
    merchants.createWrite(ACME, 'ACME LTD'),
    merchants.takeKeyWrite(ACME, { kind: 'phone', value: '+441632960123' }),
    merchants.createWrite(DUPLICATE, 'Acme \u001b]0;Limited'),
    merchants.takeKeyWrite(DUPLICATE, { kind: 'website', value: 'acme.example' }),
  ]);
  const receipt: ReceiptRecord = {
    ...recordKeys.receipt(IMAGE, '00001'),
    owner_id: DEFAULT_OWNER,
    type: 'RECEIPT',
    revision: 1,
    image_id: IMAGE,
    receipt_id: '00001',
    job_id: IMAGE,
    status: 'VALID',
    object_key: 'receipts/x',
    merchant_id: DUPLICATE,
    match_status: 'NEW',
    merchant_name: 'ACME L1MITED',
    date: '2026-03-14',
    total: '12.50',
    currency: 'GBP',
    confidence: 1,
    checks_ok: 0,
    checks_total: 0,
    item_count: 0,
    created_at: '2026-03-14T09:26:53.589Z',
    updated_at: '2026-03-14T09:26:53.589Z',
  };
  await records.write({ kind: 'put', record: receipt });
  await merchantReceipts.followReceipt(null, receipt);
  await home.close();
});
afterAll(() => rm(folder, { recursive: true }));

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function merchants(...args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, 'merchants', ...args, '--data', folder], (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
}
const json = async (...args: readonly string[]) => JSON.parse((await merchants(...args, '--json')).out);

describe('slipstream merchants', () => {
  it('lists them by name, and only those that are asked for', async () => {
    const { merchants: all, more } = await json('list');
    expect(all.map(({ merchant_id }: { merchant_id: string }) => merchant_id)).toEqual([DUPLICATE, ACME]);
    expect(more).toBe(false);
    expect((await json('list', '--name', 'ltd')).merchants).toHaveLength(1);
    expect((await json('list', '--limit', '1')).more).toBe(true);
    expect((await merchants('list', '--name', 'nobody')).out).toContain(`No merchant's name has "nobody".`);
  });

  it('shows names, keys and receipts, and lets no name steer the terminal', async () => {
    const { out } = await merchants('show', DUPLICATE);
    expect(out).toContain('website     acme.example');
    expect(out).toContain(`${IMAGE}/1`);
    expect(out).not.toContain('\u001b]0;');
  });

  it('merges, renames and says it; a repeated merge moves nothing', async () => {
    expect(await json('merge', DUPLICATE, ACME)).toMatchObject({ merchant_id: ACME, keys_moved: 1, receipts_moved: 1 });
    expect(await json('merge', DUPLICATE, ACME)).toMatchObject({ keys_moved: 0, receipts_moved: 0 });
    expect(await json('rename', ACME, 'Acme & Sons')).toEqual({ merchant_id: ACME, name: 'Acme & Sons' });
    expect(await json('show', DUPLICATE)).toMatchObject({
      merchant_id: ACME,
      merged_from: DUPLICATE,
      name: 'Acme & Sons',
      keys: expect.arrayContaining([{ kind: 'website', value: 'acme.example' }]),
      receipts: [{ image_id: IMAGE, receipt_id: '00001', total: '12.50' }],
    });
    expect((await json('list')).merchants).toHaveLength(1);
  });

  it('assigns a receipt', async () => {
    const { out } = await merchants('assign', `${IMAGE}/1`, ACME);
    expect(out).toContain(`${IMAGE}/1 is from Acme & Sons`);
  });

  it.each([
    [['show', 'acme'], /is no merchant's id; slipstream merchants list/],
    [['show', IMAGE], /There is no merchant/],
    [['merge', ACME, ACME], /into itself/],
    [['rename', ACME, ''], /1 to 200 characters/],
    [['assign', 'no-id', ACME], /is no id/],
    [['list', '--limit', '0'], /whole number/],
  ])('%j fails with what mends it', async (args, message) => {
    const { code, err } = await merchants(...args);
    expect(code).toBe(1);
    expect(err).toMatch(message);
  });
});
