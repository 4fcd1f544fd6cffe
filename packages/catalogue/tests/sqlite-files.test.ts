import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Catalogue, openSqliteCatalogue } from '../src/index.ts';
import { drawnCorpus, drawnReceipt, imageId, merchantId, OWNER, publishEmpty } from '../testing/index.ts';

let folder = '';
let catalogue: Catalogue;
const notices: string[] = [];
const open = (inProcess = true) => openSqliteCatalogue({ folder, inProcess, onNotice: (text) => notices.push(text) });
const databases = () => readdirSync(folder).filter((name) => name.endsWith('.db'));
const count = async (of = catalogue) => (await of.status()).receipts;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'slipstream-catalogue-')), 'catalogue');
  notices.length = 0;
  catalogue = open();
});
afterEach(async () => {
  await catalogue.close();
  await rm(join(folder, '..'), { recursive: true });
});

describe('the files of a catalogue', () => {
  it('are closed to other users', async () => {
    await catalogue.apply([{ kind: 'receipt', receipt: drawnReceipt(1) }]);
    const modes = readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o077);
    expect(modes.length).toBeGreaterThan(2);
    expect([statSync(folder).mode & 0o077, ...modes].every((mode) => mode === 0)).toBe(true);
  });

  it('hold nothing of a receipt that was removed, nor of a name that a merchant no longer has', async () => {
    await publishEmpty(catalogue);
    const marked = drawnReceipt(1, {
      printed_name: 'Markedname',
      merchant: { merchant_id: merchantId(1), name: 'Markedmerchant', revision: 1 },
      text: 'markedtext markednumber 4812159',
      tags: ['markedtag'],
      total: '7771234.50',
      line_items: [{ description: 'Markeditem', quantity: null, unit_price: null, amount: '1', category_id: null }],
      taxes: [{ label: 'Markedtax', rate: null, amount: '1' }],
    });
    await catalogue.apply([
      ...[...drawnCorpus({ receipts: 300, seed: 1 })]
        .slice(1)
        .map((receipt) => ({ kind: 'receipt' as const, receipt })),
      { kind: 'receipt', receipt: marked },
    ]);
    const texts = ['marked', 'Marked', '4812159', '7771234'];
    const held = () => {
      const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
      return texts.filter((text) => files.some((bytes) => bytes.includes(text)));
    };
    expect(held()).toEqual(texts);
    await catalogue.removeImage(imageId(1), 1, '2026-04-01T00:00:00.000Z');
    const merchant = { merchant_id: merchantId(1), name: 'Another', revision: 2 };
    await catalogue.apply([{ kind: 'merchant', merchant }]);
    // Closing copies the WAL into the file and removes it.
    await catalogue.close();
    expect(held()).toEqual([]);
    catalogue = open();
    expect(await count()).toBe(299);
    expect(await catalogue.check()).toEqual([]);
  });

  it('one that is damaged or missing is begun anew, which is said, and answers no question until it is filled', async () => {
    await publishEmpty(catalogue);
    await catalogue.apply([...drawnCorpus({ receipts: 50, seed: 1 })].map((receipt) => ({ kind: 'receipt', receipt })));
    await catalogue.close();
    const [name = ''] = databases();
    writeFileSync(join(folder, name), Buffer.alloc(20_000, 'x'));
    catalogue = open();
    expect(await catalogue.status()).toMatchObject({ is_complete: false, receipts: 0 });
    expect(notices).toEqual([expect.stringContaining('damaged')]);
    await expect(catalogue.list(OWNER, { sort: '-date', limit: 1, cursor: null })).rejects.toMatchObject({
      code: 'CATALOGUE_BUILDING',
    });
    expect(databases()).not.toContain(name);
    await catalogue.close();
    for (const each of readdirSync(folder)) await rm(join(folder, each));
    catalogue = open();
    expect(await catalogue.status()).toMatchObject({ is_complete: false, receipts: 0 });
  });

  it('pages that are damaged while it is open are met sooner or later, and it is begun anew', async () => {
    await publishEmpty(catalogue);
    await catalogue.apply(
      [...drawnCorpus({ receipts: 400, seed: 1 })].map((receipt) => ({ kind: 'receipt', receipt })),
    );
    await catalogue.close();
    const [name = ''] = databases();
    const bytes = readFileSync(join(folder, name));
    bytes.fill(0xff, 8_192);
    writeFileSync(join(folder, name), bytes);
    catalogue = open();
    await catalogue.apply(
      [...drawnCorpus({ receipts: 400, seed: 2 })].map((receipt) => ({
        kind: 'receipt',
        receipt: { ...receipt, revision: 2 },
      })),
    );
    expect(notices).toEqual([expect.stringContaining('damaged')]);
    expect(await count()).toBe(400);
    expect(await catalogue.check()).toEqual([]);
  });

  it('two programs that begin at once have one catalogue', async () => {
    const others = [open(), open(false), open(false)];
    try {
      await Promise.all(
        [catalogue, ...others].map((each, index) =>
          each.apply([{ kind: 'receipt', receipt: drawnReceipt(index + 1) }]),
        ),
      );
      expect(await Promise.all([catalogue, ...others].map(count))).toEqual([4, 4, 4, 4]);
      expect(databases()).toHaveLength(1);
    } finally {
      await Promise.all(others.map((each) => each.close()));
    }
  });

  it('a thread answers, says what is wrong, and starts again after it was closed', async () => {
    const thread = open(false);
    try {
      await publishEmpty(thread);
      await thread.apply([{ kind: 'receipt', receipt: drawnReceipt(1, { total: '999999999999999.99' }) }]);
      expect(await thread.spending(OWNER, { by: 'currency', limit: 1 })).toMatchObject({
        rows: [{ amount: '999999999999999.99' }],
      });
      const asked = thread.list(OWNER, { sort: '-date', limit: 1, cursor: 'x' });
      await expect(asked).rejects.toMatchObject({ code: 'CURSOR_INVALID', name: 'SlipstreamError' });
      await thread.close();
      expect(await thread.list(OWNER, { sort: '-date', limit: 1, cursor: null })).toMatchObject({ cursor: null });
    } finally {
      await thread.close();
    }
  });
});

describe('a program that is killed', { timeout: 60_000 }, () => {
  const PROGRAM = fileURLToPath(new URL('./processes/endless-writer.ts', import.meta.url));
  const children: ChildProcess[] = [];
  const begin = async (mode: string, seed: number) => {
    const child = spawn(process.execPath, [PROGRAM, folder, mode, String(seed)], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.push(child);
    await once(child.stdout, 'data');
    return child;
  };
  const kill = async (child: ChildProcess) => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  afterEach(() => Promise.all(children.splice(0).map(kill)));

  it.each([
    ['while it writes', 'apply'],
    ['while it rebuilds', 'rebuild'],
  ])('%s leaves a sound catalogue, and the next run goes on', async (_what, mode) => {
    for (let round = 0; round < 3; round += 1) {
      const child = await begin(mode, round);
      await new Promise((resolve) => setTimeout(resolve, 60 + round * 70));
      await kill(child);
      expect(await catalogue.check()).toEqual([]);
    }
    const build = await catalogue.rebuild();
    if (mode === 'rebuild') expect(build.resumedFrom).not.toBeNull();
    await build.apply([{ kind: 'receipt', receipt: drawnReceipt(1) }]);
    await build.publish();
    expect(await catalogue.check()).toEqual([]);
    expect((await catalogue.list(OWNER, { sort: '-date', limit: 1, cursor: null })).items).toHaveLength(1);
    expect(databases()).toHaveLength(1);
  });

  it('while another makes a catalogue, a second one is refused and says who it is', async () => {
    const { pid } = await begin('rebuild', 9);
    const message = expect.stringContaining(String(pid));
    await expect(catalogue.rebuild()).rejects.toMatchObject({ code: 'STORE_BUSY', message });
  });
});
