import { lanceModule } from '../src/index/lance/lance-module.ts';

/** The id of the row that is truly nearest to each vector: LanceDB compares all of them, without the vector index. */
export async function exactNearest(root: string, version: number, vectors: readonly Float32Array[]): Promise<string[]> {
  const connection = await lanceModule().lance.connect(`${root}/index`);
  const table = await connection.openTable('lines', undefined, { version });
  const nearest: string[] = [];
  for (const vector of vectors) {
    const query = table.query().nearestTo(vector).distanceType('l2').bypassVectorIndex().limit(1);
    const [row] = await query.select(['id', '_distance']).toArray();
    nearest.push(String(row?.id));
  }
  table.close();
  connection.close();
  return nearest;
}
