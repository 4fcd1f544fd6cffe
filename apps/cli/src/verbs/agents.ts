import { Agents } from '@slipstream/records';
import type { Verb } from '@slipstream/terminal';
import { printJson, printLine, printTable } from '@slipstream/terminal';
import { OPERATION_SETTINGS, openOperations } from '../service/open-operations.ts';

export const agentsVerb: Verb<(typeof OPERATION_SETTINGS)[number]> = {
  name: 'agents',
  summary: 'List the OCR agents that have been heard of in time, with what they do',
  examples: ['slipstream agents', 'slipstream agents --json', 'slipstream agents --stack dev'],
  settings: OPERATION_SETTINGS,
  run: async ({ settings, json, logger }) => {
    const operations = await openOperations(settings, logger);
    try {
      const agents = await new Agents(operations.records, operations.clock).list();
      const rows = agents.map(
        ({
          agent_id,
          host,
          version,
          engine,
          engine_version,
          state,
          in_hand,
          done,
          failed,
          last_job_at,
          updated_at,
        }) => ({
          agent_id,
          host,
          version,
          engine,
          engine_version,
          state,
          in_hand,
          done,
          failed,
          last_job_at: last_job_at ?? null,
          heard_at: updated_at,
        }),
      );
      if (json) printJson(rows);
      else if (rows.length === 0)
        printLine('No agent has been heard of. Start one with: slipstream dev, or receipt-ocr --continuous');
      else {
        printTable(
          ['agent', 'version', 'engine', 'state', 'in hand', 'done', 'failed', 'last job', 'heard of'],
          rows.map((row) => [
            row.agent_id,
            row.version,
            `${row.engine} ${row.engine_version}`,
            row.state,
            String(row.in_hand),
            String(row.done),
            String(row.failed),
            row.last_job_at ?? '–',
            row.heard_at,
          ]),
          [4, 5, 6],
        );
      }
      return 0;
    } finally {
      await operations.close();
    }
  },
};
