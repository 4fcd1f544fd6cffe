import type { Page } from '@slipstream/shared';

/**
 * The pages of a listing, one after the other. Each is read when it is asked for: whoever has seen enough stops the loop,
 * and nothing further is read. `from`: the cursor to begin at.
 */
export async function* pages<P extends { readonly cursor: string | null }>(
  read: (cursor: string | null) => Promise<P>,
  from: string | null = null,
): AsyncGenerator<P, void> {
  let cursor = from;
  do {
    const page = await read(cursor);
    yield page;
    cursor = page.cursor;
  } while (cursor !== null);
}

/** Every item of a listing, page by page. */
export async function* itemsOf<T>(read: (cursor: string | null) => Promise<Page<T>>): AsyncGenerator<T, void> {
  for await (const page of pages(read)) yield* page.items;
}

/** The first `limit` items of a listing, and whether there may be more. */
export async function firstItems<T>(
  limit: number,
  read: (cursor: string | null) => Promise<Page<T>>,
): Promise<{ readonly items: readonly T[]; readonly more: boolean }> {
  const items: T[] = [];
  for await (const page of pages(read)) {
    items.push(...page.items);
    if (items.length >= limit)
      return { items: items.slice(0, limit), more: items.length > limit || page.cursor !== null };
  }
  return { items, more: false };
}
