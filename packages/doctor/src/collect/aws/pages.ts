const PAGES_MAX = 500;

/** All pages of a listing. */
export async function allPages<T>(
  page: (
    token: string | undefined,
  ) => Promise<{ readonly items: readonly T[] | undefined; readonly next: string | undefined }>,
): Promise<T[]> {
  const found: T[] = [];
  let token: string | undefined;
  for (let count = 0; count < PAGES_MAX; count += 1) {
    const { items, next } = await page(token);
    found.push(...(items ?? []));
    if (!next || next === token) return found;
    token = next;
  }
  return found;
}
