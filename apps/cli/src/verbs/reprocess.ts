import type { Verb } from '@slipstream/terminal';
import { printJson, printLine } from '@slipstream/terminal';
import { findImage, REFERENCE_ARGUMENT } from '../references/find-image.ts';
import { openReceipts, PLACE_SETTINGS } from '../service/open-receipts.ts';

export const reprocessVerb: Verb<(typeof PLACE_SETTINGS)[number]> = {
  name: 'reprocess',
  summary: 'Read images again; one whose job is still under way is only requeued',
  examples: ['slipstream reprocess last', 'slipstream reprocess IMAGE_ID IMAGE_ID --json'],
  args: [['<ids...>', REFERENCE_ARGUMENT]],
  settings: PLACE_SETTINGS,
  run: async ({ args, settings, json, logger }) => {
    const service = await openReceipts(settings, logger);
    try {
      const imageIds = [];
      // All of them first: of a list with a wrong id nothing is begun.
      for (const arg of args) imageIds.push((await findImage(service, arg)).imageId);
      const results = [];
      for (const image_id of imageIds) {
        const job = await service.reprocess(image_id);
        results.push({ image_id, job_id: job.job_id, generation: job.generation, status: job.status });
      }
      if (json) printJson(results);
      else
        for (const { image_id, generation, status } of results)
          printLine(`${image_id}  job ${generation} is ${status}`);
      return 0;
    } finally {
      await service.close();
    }
  },
};
