import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { describeOnServer, REGION } from '@slipstream/shared/contract-suites';
import { it } from 'vitest';
import { putImages } from './cloud/images.ts';
import { startCloud } from './cloud/local-cloud.ts';

describeOnServer('d', (endpoint) => {
  it('x', async () => {
    const cloud = await startCloud(endpoint);
    cloud.startAgent();
    await putImages(cloud, 2);
    await new Promise((r) => setTimeout(r, 20_000));
    console.log(
      await cloud.store.queue('validate-queue').depth(),
      await cloud.store.queue('ocr-results-queue').depth(),
      cloud.functions['stream-processor'].processes,
      cloud.functions['validate-receipt'].processes,
    );
    const c = new DynamoDBStreamsClient({ endpoint, region: REGION });
    const d = await c.send(new DescribeStreamCommand({ StreamArn: cloud.resources.stream_arn }));
    console.log(JSON.stringify(d.StreamDescription));
    const it = await c.send(
      new GetShardIteratorCommand({
        StreamArn: cloud.resources.stream_arn,
        ShardId: d.StreamDescription!.Shards![0]!.ShardId!,
        ShardIteratorType: 'TRIM_HORIZON',
      }),
    );
    const r = await c.send(new GetRecordsCommand({ ShardIterator: it.ShardIterator! }));
    console.log(
      r.Records?.length,
      JSON.stringify(
        r.Records?.map((x) => [
          x.eventName,
          x.dynamodb?.SequenceNumber,
          x.dynamodb?.Keys?.sk?.S,
          Object.keys(x.dynamodb?.NewImage ?? {}).length,
        ]),
      ),
    );
    const inv = await cloud.functions['stream-processor'].invoke({ Records: r.Records });
    console.log(JSON.stringify(inv));
    console.log(cloud.log.map((l) => l.slice(0, 300)).join('\n'));
    await cloud.stop();
  });
});
