import { openHome } from '../home/open-home.ts';
import { readLiveDev } from '../local/dev-marker.ts';
import { colour, printJson, printLine, printTable } from '../output/output.ts';
import type { Verb } from './verb.ts';

export const queuesVerb: Verb<'data'> = {
  name: 'queues',
  summary: 'Show each queue: ready, in flight, delayed, dead, age of the oldest message',
  examples: ['slipstream queues', 'slipstream queues --json'],
  settings: ['data'],
  run: async ({ settings, json, logger }) => {
    const home = await openHome(settings.data ?? '.', logger);
    try {
      const rows = await Promise.all(
        Object.values(home.queuesByName).map(async (queue) => ({ queue: queue.name, ...(await queue.depth()) })),
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
      if (!readLiveDev(home.dataDir)) printLine(colour.dim('Nothing works on these queues now; slipstream dev does.'));
      return 0;
    } finally {
      await home.close();
    }
  },
};

function age(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3_600)} h`;
}
