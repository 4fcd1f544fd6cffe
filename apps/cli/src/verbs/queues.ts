import { queueDepthView } from '@slipstream/shared';
import type { Verb } from '@slipstream/terminal';
import { colour, figures, printJson, printLine, printTable } from '@slipstream/terminal';
import { duration } from '../output/ago.ts';
import { OPERATION_SETTINGS, openOperations } from '../service/open-operations.ts';

export const queuesVerb: Verb<(typeof OPERATION_SETTINGS)[number]> = {
  name: 'queues',
  summary: 'Show each queue: ready, in flight, delayed, dead, age of the oldest message',
  examples: ['slipstream queues', 'slipstream queues --json', 'slipstream queues --stack dev --profile ops'],
  settings: OPERATION_SETTINGS,
  run: async ({ settings, json, logger }) => {
    const operations = await openOperations(settings, logger);
    try {
      const rows = await Promise.all(
        Object.values(operations.queues).map(async (queue) => ({ queue: queue.name, ...(await queue.depth()) })),
      );
      if (json) {
        printJson(rows.map(({ queue, ...depth }) => ({ queue, ...queueDepthView(depth) })));
        return 0;
      }
      printTable(
        ['queue', ...['ready', 'in flight', 'delayed', 'dead', 'oldest'].map(figures)],
        rows.map(({ queue, ready, inFlight, delayed, dead, oldestAgeMs }) => [
          queue,
          String(ready),
          String(inFlight),
          String(delayed),
          dead > 0 ? colour.red(String(dead)) : '0',
          oldestAgeMs === null ? '' : duration(oldestAgeMs),
        ]),
      );
      if (rows.some(({ dead }) => dead > 0))
        printLine(colour.dim('Why: slipstream dead list. Again: slipstream dead redrive.'));
      if (operations.idleNote !== null) printLine(colour.dim(operations.idleNote));
      return 0;
    } finally {
      await operations.close();
    }
  },
};
