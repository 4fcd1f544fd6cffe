import { DynamodbTable } from '@cdktn/provider-aws/lib/dynamodb-table/index.js';
import { DynamodbTableItem } from '@cdktn/provider-aws/lib/dynamodb-table-item/index.js';
import { type ConfigRecord, INDEX_ATTRIBUTES, recordKeys } from '@slipstream/shared';
import { Construct } from 'constructs';
import type { Place } from '../terraform/place.ts';

export const INDEX_NAME = 'gsi1';

/** All records. Paid by request; restorable to any second of the last 35 days. */
export class Table extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly streamArn: string;

  constructor(scope: Construct, id: string, place: Place, keyArn: string, deletionProtection: boolean) {
    super(scope, id);
    const table = new DynamodbTable(this, 'table', {
      name: `${place.name}-records`,
      billingMode: 'PAY_PER_REQUEST',
      hashKey: 'pk',
      rangeKey: 'sk',
      attribute: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map((name) => ({ name, type: 'S' })),
      globalSecondaryIndex: [
        {
          name: INDEX_NAME,
          hashKey: 'gsi1pk',
          rangeKey: 'gsi1sk',
          projectionType: 'INCLUDE',
          nonKeyAttributes: [...INDEX_ATTRIBUTES],
        },
      ],
      streamEnabled: true,
      streamViewType: 'NEW_AND_OLD_IMAGES',
      ttl: { attributeName: 'ttl', enabled: true },
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: keyArn },
      deletionProtectionEnabled: deletionProtection,
    });
    this.name = table.name;
    this.arn = table.arn;
    this.streamArn = table.streamArn;
  }

  /** Tells the agent what it needs to know, so that the table's name is all that it has to be given. */
  putConfig(
    config: Pick<ConfigRecord, 'raw_bucket' | 'artifacts_bucket' | 'ocr_job_queue_url' | 'ocr_results_queue_url'>,
  ): void {
    const record = {
      ...recordKeys.config(),
      type: 'CONFIG',
      // The instant is this record's schema's, not the deploy's: a clock would change the plan every time.
      created_at: '2026-01-01T00:00:00.000Z',
      updated_at: '2026-01-01T00:00:00.000Z',
      ...config,
    };
    const item = Object.fromEntries(Object.entries(record).map(([name, value]) => [name, { S: value }]));
    new DynamodbTableItem(this, 'config', {
      tableName: this.name,
      hashKey: 'pk',
      rangeKey: 'sk',
      item: JSON.stringify({ ...item, revision: { N: '1' } }),
    });
  }
}
