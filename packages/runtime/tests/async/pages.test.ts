import { describe, expect, it } from 'vitest';
import { firstItems, itemsOf, pages } from '../../src/index.ts';

/** A listing of 0 to `count` - 1 in pages; `read` are the cursors that it was asked with. */
function listing(count: number, size: number) {
  const read: (string | null)[] = [];
  const readPage = async (cursor: string | null) => {
    read.push(cursor);
    const from = Number(cursor ?? 0);
    const items = Array.from({ length: Math.min(size, count - from) }, (_, index) => from + index);
    return { items, cursor: from + size < count ? String(from + size) : null };
  };
  return { read, readPage };
}

describe('the pages of a listing', () => {
  it('are read to the end, one after the other', async () => {
    const { read, readPage } = listing(5, 2);
    expect(await Array.fromAsync(pages(readPage), ({ items }) => items)).toEqual([[0, 1], [2, 3], [4]]);
    expect(read).toEqual([null, '2', '4']);
  });

  it('begin at a cursor', async () => {
    const { readPage } = listing(5, 2);
    expect(await Array.fromAsync(pages(readPage, '4'), ({ items }) => items)).toEqual([[4]]);
  });

  it('are not read further than they are wanted', async () => {
    const { read, readPage } = listing(100, 2);
    for await (const item of itemsOf(readPage)) if (item === 3) break;
    expect(read).toEqual([null, '2']);
  });

  it('go on after an empty page that has a cursor', async () => {
    const answers = [
      { items: [], cursor: 'a' },
      { items: [7], cursor: null },
    ];
    const read = async () => answers.shift() ?? { items: [], cursor: null };
    expect(await Array.fromAsync(itemsOf<number>(read))).toEqual([7]);
  });

  it('pass on what a read throws', async () => {
    const broken = itemsOf(async () => Promise.reject(new Error('the store is gone')));
    await expect(Array.fromAsync(broken)).rejects.toThrow('the store is gone');
  });
});

describe('the first items of a listing', () => {
  it('are as many as asked for, and say that there are more', async () => {
    expect(await firstItems(3, listing(5, 2).readPage)).toEqual({ items: [0, 1, 2], more: true });
    expect(await firstItems(2, listing(5, 2).readPage)).toEqual({ items: [0, 1], more: true });
  });

  it('are all there are where there are no more', async () => {
    expect(await firstItems(5, listing(5, 2).readPage)).toEqual({ items: [0, 1, 2, 3, 4], more: false });
    expect(await firstItems(9, listing(5, 2).readPage)).toEqual({ items: [0, 1, 2, 3, 4], more: false });
  });
});
