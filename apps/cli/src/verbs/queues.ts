import type { Verb } from '@slipstream/terminal';
import { colour, printJson, printLine, printTable } from '@slipstream/terminal';
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
        printJson(rows);
        return 0;
      }
      printTable(
        ['queue', 'ready', 'in flight', 'delayed', 'dead', 'oldest'],
        rows.map(({ queue, ready, inFlight, delayed, dead, oldestAgeMs }) => [
          queue,
          String(ready),
          String(inFlight),
          String(delayed),
          dead > 0 ? colour.red(String(dead)) : '0',
          oldestAgeMs === null ? '' : age(oldestAgeMs),
        ]),
        [1, 2, 3, 4, 5],
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

function age(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3_600)} h`;
}
