import { openLanceStore } from '../src/index.ts';
import { BENCH_IDENTITY } from './bench-rows.ts';

/** The id of the row that is truly nearest to each vector, by comparing all. */
export async function exactNearest(root: string, version: number, vectors: readonly Float32Array[]): Promise<string[]> {
  const store = openLanceStore({ uri: root });
  const reader = await store.openReader('lines', BENCH_IDENTITY, version);
  const best = vectors.map(() => ({ id: '', similarity: -2 }));
  for await (const row of reader.rows()) {
    for (const [at, vector] of vectors.entries()) {
      const similarity = product(vector, row.vector);
      const known = best[at];
      if (known !== undefined && similarity > known.similarity) best[at] = { id: row.id, similarity };
    }
  }
  await reader.close();
  await store.close();
  return best.map(({ id }) => id);
}

function product(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}
