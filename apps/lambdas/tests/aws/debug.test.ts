import { describeOnServer, REGION } from '@slipstream/shared/contract-suites';
import { it } from 'vitest';
import { announceAgain, putImages } from './cloud/images.ts';
import { startCloud } from './cloud/local-cloud.ts';

describeOnServer('d', (endpoint) => {
  it('x', async () => {
    const cloud = await startCloud(endpoint);
    cloud.startAgent();
    cloud.startAgent();
    const ids = await putImages(cloud, 8);
    if (process.env.AGAIN) for (const id of ids) await announceAgain(cloud, id);
    for (let i = 0; i < 10; i += 1) {
      await new Promise((r) => setTimeout(r, 3_000));
      console.log(
        JSON.stringify(
          await Promise.all(
            ['uploads-queue', 'ocr-queue', 'ocr-results-queue', 'validate-queue'].map(async (q) => {
              const d = await cloud.store.queue(q).depth();
              return [d.ready, d.inFlight, d.delayed, d.dead];
            }),
          ),
        ),
      );
      console.log(
        (
          await Promise.all(
            [
              'OCR_JOB#PENDING',
              'OCR_JOB#OCR_DONE',
              'OCR_JOB#COMPLETED',
              'ROUTING#COMPLETED',
              'ROUTING#PENDING',
              'RECEIPT',
            ].map(
              async (partition) =>
                partition +
                ' ' +
                (
                  await cloud.store.records.query({ index: 'gsi1', partition, limit: 1000 })
                ).items.length,
            ),
          )
        ).join('; '),
      );
    }
    console.log(cloud.log.map((l) => l.slice(0, 600)).join('\n'));
    await cloud.stop();
  });
});
