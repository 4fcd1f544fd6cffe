import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { StoredRecord } from '@slipstream/shared';
import { toStoreError } from '@slipstream/store-aws';
import { z } from 'zod';

const recordSchema = z.object({
  pk: z.string(),
  sk: z.string(),
  type: z.string(),
  revision: z.number(),
});
const PAGE_RECORDS = 500;

/** Every record of a table, in no order. */
export async function* scanTable(
  TableName: string,
  options: { readonly region: string; readonly profile: string | null },
): AsyncGenerator<StoredRecord> {
  const { region, profile } = options;
  const client = new DynamoDBClient({ region, ...(profile ? { profile } : {}) });
  try {
    for await (const { Items = [] } of paginateScan({ client, pageSize: PAGE_RECORDS }, { TableName })) {
      for (const item of Items) {
        const record = unmarshall(item);
        yield { ...record, ...recordSchema.parse(record) };
      }
    }
  } catch (thrown) {
    throw toStoreError(thrown, `reading the table ${TableName}`, profile ?? undefined);
  } finally {
    client.destroy();
  }
}
