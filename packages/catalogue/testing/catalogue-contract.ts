import { isSlipstreamError } from '@slipstream/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Catalogue } from '../src/port/catalogue.ts';
import type { CatalogueReceipt } from '../src/port/change.ts';
import type { CatalogueFilter, Sort, SpendingGroup } from '../src/port/query.ts';
import { drawnCorpus, wordOf } from './corpus.ts';
import { drawnReceipt, imageId, merchantId, OWNER } from './drawn-receipts.ts';

export interface OpenedCatalogue {
  readonly catalogue: Catalogue;
  /** Another program's view of the same catalogue. */
  another(): Catalogue;
  close(): Promise<void>;
}

/** What every adapter keeps to: the same questions find the same receipts. */
export function catalogueContract(open: () => Promise<OpenedCatalogue>): void {
  let opened: OpenedCatalogue;
  let catalogue: Catalogue;
  beforeEach(async () => {
    opened = await open();
    catalogue = opened.catalogue;
    await publishEmpty(catalogue);
  });
  afterEach(() => opened.close());

  const put = (...receipts: readonly CatalogueReceipt[]) =>
    catalogue.apply(receipts.map((receipt) => ({ kind: 'receipt', receipt })));
  const listed = async (filter: CatalogueFilter = {}, { sort = '-date' as Sort, owner = OWNER } = {}) => {
    const { items } = await catalogue.list(owner, { sort, limit: 200, cursor: null, ...filter });
    return items.map(({ image_id }) => Number(image_id.slice(-12)));
  };
  const found = async (q: string) => (await listed({ q })).toSorted((a, b) => a - b);
  const spent = async (by: SpendingGroup, filter: CatalogueFilter = {}, owner = OWNER) =>
    (await catalogue.spending(owner, { by, limit: 100, ...filter })).rows;

  describe('what is applied', () => {
    it('stays once, by the highest revision, whatever the order and repeats', async () => {
      const old = drawnReceipt(1, { revision: 2, total: '5.00' });
      const newer = drawnReceipt(1, { revision: 3, total: '6.00' });
      await put(newer);
      await put(old, newer, old);
      const [row, ...others] = await catalogue.scan({ after: null, limit: 10 });
      expect(others).toEqual([]);
      expect(row).toMatchObject({ revision: 3, total: '6.00', owner_id: OWNER });
      expect(await found('flat')).toEqual([1]);
    });

    it('a removed receipt is gone and stays so for what is older; a higher revision brings another', async () => {
      await put(drawnReceipt(1, { revision: 4 }), drawnReceipt(2));
      const gone = {
        owner_id: OWNER,
        image_id: imageId(1),
        receipt_id: '00001',
        removed_at: '2026-04-01T00:00:00.000Z',
      };
      await catalogue.apply([{ kind: 'removed', revision: 3, ...gone }]);
      expect(await listed()).toEqual([2, 1]);
      await catalogue.apply([{ kind: 'removed', revision: 5, ...gone }]);
      await put(drawnReceipt(1, { revision: 4 }));
      expect(await listed()).toEqual([2]);
      await put(drawnReceipt(1, { revision: 6 }));
      expect(await listed()).toEqual([2, 1]);
    });

    it('a receipt that was made after the removal is another one, whatever its revision', async () => {
      const gone = { owner_id: OWNER, image_id: imageId(1), receipt_id: '00001', revision: 9 };
      await catalogue.apply([{ kind: 'removed', ...gone, removed_at: '2026-04-01T00:00:00.000Z' }]);
      await put(drawnReceipt(1, { revision: 1, created_at: '2026-05-01T00:00:00.000Z' }));
      expect(await listed()).toEqual([1]);
      await catalogue.apply([{ kind: 'removed', ...gone, removed_at: '2026-04-02T00:00:00.000Z' }]);
      expect(await listed()).toEqual([1]);
    });

    it('an image goes with all of its receipts', async () => {
      await put(drawnReceipt(1), drawnReceipt(1, { receipt_id: '00002' }), drawnReceipt(2));
      await catalogue.removeImage(imageId(1), 7, '2026-04-01T00:00:00.000Z');
      expect(await listed()).toEqual([2]);
      expect((await catalogue.status()).receipts).toBe(1);
      expect(await catalogue.check()).toEqual([]);
    });

    it('words of what is gone are in no vocabulary', async () => {
      await put(drawnReceipt(1, { text: 'sesquipedalian' }), drawnReceipt(2));
      const before = await catalogue.status();
      await catalogue.removeImage(imageId(1), 1, '2026-04-01T00:00:00.000Z');
      expect((await catalogue.status()).words).toBe(before.words - 1);
      expect(await found('sesquipedalian')).toEqual([]);
    });

    it('a renamed merchant is found by its new name in every receipt, and a late older name changes nothing', async () => {
      const merchant = { merchant_id: merchantId(1), name: 'Corner Cafe Ltd', revision: 1 };
      await put(drawnReceipt(1, { merchant }), drawnReceipt(2, { merchant }), drawnReceipt(3));
      await catalogue.apply([{ kind: 'merchant', merchant: { ...merchant, name: 'Harbour Roastery', revision: 3 } }]);
      await catalogue.apply([{ kind: 'merchant', merchant: { ...merchant, name: 'Wrong Name', revision: 2 } }]);
      await put(drawnReceipt(4, { merchant }));
      expect(await found('roastery')).toEqual([1, 2, 4]);
      expect(await listed({ merchant: 'harbour roast' })).toEqual([4, 2, 1]);
      expect(await listed({ merchant: merchantId(1) })).toEqual([4, 2, 1]);
      expect(await found('wrong')).toEqual([]);
      expect(await spent('merchant')).toMatchObject([
        { key: merchantId(1), label: 'Harbour Roastery', amount: '22.50', receipts: 3 },
        { key: 'the corner cafe', label: 'The Corner Cafe', amount: '7.50', receipts: 1 },
      ]);
      expect(await catalogue.check()).toEqual([]);
    });
  });

  describe('search', () => {
    it('finds words of every part, whatever their case and accents', async () => {
      await put(
        drawnReceipt(1, { printed_name: 'Café Müller', tags: ['journey'] }),
        drawnReceipt(2, { text: 'Rechnung 4711-22' }),
      );
      expect(await found('CAFE muller')).toEqual([1]);
      expect(await found('journey')).toEqual([1]);
      expect(await found('4711-22')).toEqual([2]);
      expect(await found('471122')).toEqual([2]);
      expect(await found('rechnung bristol')).toEqual([]);
      expect(await found('7,50')).toEqual([1, 2]);
    });

    it('finds damaged letters both ways, and parts of words', async () => {
      await put(
        drawnReceipt(1, { printed_name: 'STARBUCKS' }),
        drawnReceipt(2, { printed_name: 'STARBUCK5 COFFEE' }),
        drawnReceipt(3, { printed_name: 'Backerei' }),
      );
      expect(await found('STARBUCK5')).toEqual([1, 2]);
      expect(await found('starbucks')).toEqual([1, 2]);
      expect(await found('5TARBUCK5')).toEqual([1, 2]);
      expect(await found('buck')).toEqual([1, 2]);
      expect(await found('"starbucks"')).toEqual([1]);
    });

    it('never corrects digits', async () => {
      await put(drawnReceipt(1, { total: '1234.00' }), drawnReceipt(2, { total: '1235.00' }));
      expect(await found('1234.00')).toEqual([1]);
    });

    it('finds letters and pairs where no blanks stand between words', async () => {
      await put(drawnReceipt(1, { text: '全家便利商店' }), drawnReceipt(2, { text: 'ラーメン二郎' }));
      expect(await found('便利')).toEqual([1]);
      expect(await found('便利商店')).toEqual([1]);
      expect(await found('店')).toEqual([1]);
      expect(await found('ラーメン')).toEqual([2]);
      expect(await found('商便')).toEqual([]);
    });

    it('an odd question is an error, not a failure', async () => {
      for (const q of ['', '   ', '""', '%', '(', "';--", 'a '.repeat(101), 'a b c d e f g h i j k l m'])
        await expect(listed({ q })).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
      for (const q of ['NOT', 'a AND', 'x*', 'name:x', '^x', 'NEAR(a b)', '\u0000ab', '😀 ab'])
        expect(await found(q), q).toEqual([]);
    });
  });

  describe('filters', () => {
    beforeEach(() =>
      put(
        drawnReceipt(1, { date: '2026-01-31', total: '-0.50', currency: 'USD', status: 'NEEDS_REVIEW' }),
        drawnReceipt(2, { date: '2026-02-01', total: '10', tags: ['work'], category_id: 'food' }),
        drawnReceipt(3, { date: '2026-02-28', total: '10.000001', is_degraded: true }),
        drawnReceipt(4, { date: null, total: null, currency: null }),
        drawnReceipt(5, { date: '2026-03-01', total: '999999999999999.99' }),
      ),
    );

    it.each<[CatalogueFilter, readonly number[]]>([
      [{}, [5, 3, 2, 1, 4]],
      [{ from: '2026-02-01', to: '2026-02-28' }, [3, 2]],
      [{ to: '2026-01-31' }, [1]],
      [{ min: '10' }, [5, 3, 2]],
      [{ min: '10.000001' }, [5, 3]],
      [{ max: '10' }, [2, 1]],
      [{ min: '-0.50', max: '0' }, [1]],
      [{ max: '-0.51' }, []],
      [{ currency: 'USD' }, [1]],
      [{ status: 'NEEDS_REVIEW' }, [1]],
      [{ degraded: true }, [3]],
      [{ tag: 'work' }, [2]],
      [{ category: 'food' }, [2]],
      [{ q: 'flat', min: '5', to: '2026-02-28' }, [3, 2]],
    ])('%j', async (filter, expected) => {
      expect(await listed(filter)).toEqual(expected);
    });

    it.each<[Sort, readonly number[]]>([
      ['date', [4, 1, 2, 3, 5]],
      ['-total', [5, 3, 2, 1, 4]],
      ['total', [4, 1, 2, 3, 5]],
    ])('in the order of %s', async (sort, expected) => {
      expect(await listed({}, { sort })).toEqual(expected);
    });

    it('bounds that nothing lies between are an error', async () => {
      await expect(listed({ from: '2026-02-02', to: '2026-02-01' })).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
      await expect(listed({ min: '2', max: '1.99' })).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    });

    it('an owner finds and sums their own alone', async () => {
      await put(drawnReceipt(1, { owner_id: 'other', image_id: imageId(9), tags: ['work'] }));
      expect(await listed({}, { owner: 'other' })).toEqual([9]);
      expect(await listed({ q: 'flat' }, { owner: 'other' })).toEqual([9]);
      expect(await listed({ tag: 'work' })).toEqual([2]);
      expect(await listed({ q: 'flat' })).toHaveLength(5);
      expect(await spent('currency', {}, 'other')).toMatchObject([{ currency: 'EUR', amount: '7.50', receipts: 1 }]);
      expect(await listed({}, { owner: 'nobody' })).toEqual([]);
    });
  });

  describe('pages', () => {
    it.each<Sort>(['-date', 'date', '-total', 'total', 'merchant', '-merchant'])(
      'in the order of %s hold each receipt once, also of those that come meanwhile',
      async (sort) => {
        const receipts = [...drawnCorpus({ receipts: 60, seed: 7 })];
        await put(...receipts);
        const seen: string[] = [];
        let cursor: string | null = null;
        do {
          const page: Awaited<ReturnType<Catalogue['list']>> = await catalogue.list(OWNER, { sort, limit: 7, cursor });
          seen.push(...page.items.map(({ image_id }) => image_id));
          cursor = page.cursor;
          // In front of or behind the place where the next page begins: nothing is shown twice or left out.
          await put(drawnReceipt(1_000 + seen.length, { date: '2019-06-30', total: '1.00', printed_name: 'aa' }));
        } while (cursor !== null && seen.length < 200);
        expect(new Set(seen).size).toBe(seen.length);
        expect(receipts.filter(({ image_id }) => !seen.includes(image_id))).toEqual([]);
      },
    );

    it('the cursor of another order opens nothing', async () => {
      await put(drawnReceipt(1), drawnReceipt(2));
      const { cursor } = await catalogue.list(OWNER, { sort: '-date', limit: 1, cursor: null });
      for (const wrong of [cursor ?? '', 'x', '[]', '{"a":1}'])
        await expect(catalogue.list(OWNER, { sort: 'total', limit: 1, cursor: wrong })).rejects.toMatchObject({
          code: 'CURSOR_INVALID',
        });
    });
  });

  describe('sums', () => {
    it('add no two currencies together, and are exact', async () => {
      await put(
        drawnReceipt(1, { date: '2026-01-05', total: '0.1' }),
        drawnReceipt(2, { date: '2026-01-06', total: '0.2' }),
        drawnReceipt(3, { date: '2026-01-07', total: '1200', currency: 'JPY' }),
        drawnReceipt(4, { date: '2026-02-07', total: '999999999999999.99' }),
        drawnReceipt(5, { date: '2026-02-07', total: '999999999999999.99' }),
        drawnReceipt(6, { date: null, total: '-3.005', currency: null }),
        drawnReceipt(7, { total: null }),
      );
      expect(await catalogue.spending(OWNER, { by: 'month', limit: 10 })).toEqual({
        rows: [
          { key: '2026-01', label: null, currency: 'EUR', amount: '0.30', receipts: 2 },
          { key: '2026-01', label: null, currency: 'JPY', amount: '1200', receipts: 1 },
          { key: '2026-02', label: null, currency: 'EUR', amount: '1999999999999999.98', receipts: 2 },
          { key: null, label: null, currency: null, amount: '-3.005', receipts: 1 },
        ],
        more: false,
        without_amount: 1,
      });
      expect((await spent('currency')).map(({ key, amount }) => [key, amount])).toEqual([
        ['EUR', '2000000000000000.28'],
        ['JPY', '1200'],
        [null, '-3.005'],
      ]);
      expect(await spent('month', { to: '2026-01-31', currency: 'JPY' })).toMatchObject([{ amount: '1200' }]);
    });

    it('by tax: its label and rate', async () => {
      await put(
        drawnReceipt(1, {
          taxes: [
            { label: 'MwSt', rate: '19', amount: '1.90' },
            { label: 'MwSt', rate: '7', amount: '0.70' },
          ],
        }),
        drawnReceipt(2, { taxes: [{ label: 'MwSt', rate: '19', amount: '0.10' }] }),
        drawnReceipt(3, { taxes: [{ label: 'MwSt', rate: '19', amount: null }] }),
      );
      const { rows, without_amount } = await catalogue.spending(OWNER, { by: 'tax', limit: 10 });
      expect(rows.map(({ key, amount, receipts }) => [key, amount, receipts])).toEqual([
        ['MwSt 19 %', '2.00', 2],
        ['MwSt 7 %', '0.70', 1],
      ]);
      expect(without_amount).toBe(1);
    });

    it('by category: items that are filed for themselves, and the rest under the receipt’s', async () => {
      const [first, second] = drawnReceipt(0).line_items;
      if (!first || !second) throw new Error('no items');
      await put(
        drawnReceipt(1, { category_id: 'food', line_items: [{ ...first, category_id: 'drinks' }, second] }),
        drawnReceipt(2, {}),
        drawnReceipt(3, { total: '3.50', line_items: [{ ...first, category_id: 'drinks' }] }),
      );
      expect((await spent('category')).map(({ key, amount, receipts }) => [key, amount, receipts])).toEqual([
        [null, '7.50', 1],
        ['drinks', '7.00', 2],
        ['food', '4.00', 1],
      ]);
    });

    it('are bounded, and say so', async () => {
      await put(...[1, 2, 3].map((month) => drawnReceipt(month, { date: `2026-0${month}-01` })));
      const answer = await catalogue.spending(OWNER, { by: 'month', limit: 2 });
      expect(answer.rows.map(({ key }) => key)).toEqual(['2026-02', '2026-03']);
      expect(answer.more).toBe(true);
    });
  });

  describe('rebuilding', () => {
    it('is seen by nobody until it is published, and then by everybody; what was written to the one before is not in it', async () => {
      await put(drawnReceipt(1));
      const other = opened.another();
      const listedThere = async () => (await other.list(OWNER, { sort: '-date', limit: 9, cursor: null })).items.length;
      try {
        expect(await listedThere()).toBe(1);
        const build = await catalogue.rebuild();
        await build.apply([2, 3, 4].map((number) => ({ kind: 'receipt', receipt: drawnReceipt(number) })));
        await build.saveProgress('page 1', 3, 9);
        expect((await other.status()).building).toEqual({ done: 3, total: 9 });
        await put(drawnReceipt(5));
        expect(await listedThere()).toBe(2);
        await build.publish();
        expect(await listedThere()).toBe(3);
        await other.apply([{ kind: 'receipt', receipt: drawnReceipt(6) }]);
        expect(await listed()).toEqual([6, 4, 3, 2]);
        expect((await catalogue.status()).building).toBeNull();
        expect(await catalogue.check()).toEqual([]);
      } finally {
        await other.close();
      }
    });

    it('goes on where a run was ended', async () => {
      const ended = await catalogue.rebuild();
      expect(ended.resumedFrom).toBeNull();
      await ended.apply([{ kind: 'receipt', receipt: drawnReceipt(1) }]);
      await ended.saveProgress('page 1', 1, 2);
      await ended.close();
      const build = await catalogue.rebuild();
      expect(build.resumedFrom).toBe('page 1');
      await build.apply([{ kind: 'receipt', receipt: drawnReceipt(2) }]);
      await build.publish();
      expect(await listed()).toEqual([2, 1]);
    });

    it('what is not complete answers no question', async () => {
      const fresh = await open();
      try {
        expect((await fresh.catalogue.status()).is_complete).toBe(false);
        await fresh.catalogue.apply([{ kind: 'receipt', receipt: drawnReceipt(1) }]);
        const asked = fresh.catalogue.list(OWNER, { sort: '-date', limit: 9, cursor: null });
        await expect(asked).rejects.toSatisfy((error) => isSlipstreamError(error, 'CATALOGUE_BUILDING'));
        await expect(fresh.catalogue.spending(OWNER, { by: 'month', limit: 9 })).rejects.toMatchObject({
          code: 'CATALOGUE_BUILDING',
        });
      } finally {
        await fresh.close();
      }
    });
  });

  it('a corpus is found as a plain look through its words finds it', async () => {
    const receipts = [...drawnCorpus({ receipts: 300, seed: 3 })];
    await put(...receipts);
    for (const word of [0, 3, 50, 400, 3_000].map(wordOf)) {
      const expected = receipts.filter(({ text, line_items, printed_name, merchant }) =>
        [text, printed_name, merchant?.name, ...line_items.map(({ description }) => description)]
          .join(' ')
          .split(' ')
          .includes(word),
      );
      const { items } = await catalogue.list(OWNER, { sort: '-date', limit: 300, cursor: null, q: `"${word}"` });
      expect(items.map(({ image_id }) => image_id).toSorted()).toEqual(
        expected.map(({ image_id }) => image_id).toSorted(),
      );
    }
  });
}

/** A catalogue of no receipts, which is complete. */
export async function publishEmpty(catalogue: Catalogue): Promise<void> {
  const build = await catalogue.rebuild();
  await build.publish();
}
