import { describeRecordStoreContract } from '@slipstream/shared/testing';
import { describeOnServer, REGION } from '@slipstream/testing/vitest';
import { DynamoRecords } from '../../src/index.ts';
import { makeTable } from './make-table.ts';

describeOnServer('DynamoDB', (endpoint) => {
  describeRecordStoreContract('DynamoRecords', async () => {
    const table = await makeTable(endpoint);
    const records = new DynamoRecords(table.name, { endpoint, region: REGION });
    return {
      records,
      dispose: async () => {
        records.close();
        await table.remove();
      },
    };
  });
});
