import { lanceModule } from '../src/index/lance/lance-module.ts';
import { batchToRows, ROW_COLUMNS } from '../src/index/lance/row-columns.ts';
import type { IndexRow } from '../src/index.ts';
import { IDENTITY } from './office.ts';

/** Every stored row that is no tombstone, as a reader would see them that does not reduce to the highest revision. */
export async function unreducedRows(folder: string, name: string, version: number): Promise<readonly IndexRow[]> {
  const { lance } = lanceModule();
  const connection = await lance.connect(`${folder}/index`);
  const table = await connection.openTable(name, undefined, { version });
  const rows: IndexRow[] = [];
  for await (const batch of table.query().select(ROW_COLUMNS)) rows.push(...batchToRows(batch, IDENTITY.dimensions));
  table.close();
  connection.close();
  return rows.filter((row) => !row.deleted);
}
