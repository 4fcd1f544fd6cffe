import type { TextPart } from '@slipstream/shared';
import type { Verb } from '@slipstream/terminal';
import { colour, figures, printJson, printLine, printTable } from '@slipstream/terminal';
import { livingAgents } from '../health/living-agents.ts';
import { ago } from '../output/ago.ts';
import { OPERATION_SETTINGS, openOperations } from '../service/open-operations.ts';

export const agentsVerb: Verb<(typeof OPERATION_SETTINGS)[number]> = {
  name: 'agents',
  summary: 'List the OCR agents that reported lately, with what they do',
  examples: ['slipstream agents', 'slipstream agents --json', 'slipstream agents --stack dev'],
  settings: OPERATION_SETTINGS,
  run: async ({ settings, json, logger }) => {
    const operations = await openOperations(settings, logger);
    try {
      const agents = await livingAgents(operations);
      const rows = agents.map(
        ({
          agent_id,
          host,
          version,
          engine,
          engine_version,
          state,
          health,
          health_level,
          health_since,
          health_reason,
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
          health: health ?? null,
          health_level: health_level ?? null,
          health_since: health_since ?? null,
          health_reason: health_reason ?? null,
          in_hand,
          done,
          failed,
          last_job_at: last_job_at ?? null,
          heard_at: updated_at,
        }),
      );
      if (json) printJson(rows);
      else if (rows.length === 0)
        printLine('No agent has reported. Start one with: slipstream dev, or receipt-ocr --continuous');
      else {
        printTable(
          [
            { title: 'agent', min: 12 },
            { title: 'version', dispensable: 3 },
            { title: 'engine', min: 12, dispensable: 1 },
            'health',
            'state',
            figures('in hand'),
            figures('done'),
            figures('failed'),
            { title: 'last job', dispensable: 4 },
            { title: 'last seen', dispensable: 2 },
          ],
          rows.map((row) => [
            row.agent_id,
            row.version,
            `${row.engine} ${row.engine_version}`,
            healthCell(row.health),
            row.state,
            String(row.in_hand),
            String(row.done),
            String(row.failed),
            row.last_job_at === null ? '–' : ago(operations.clock, row.last_job_at),
            ago(operations.clock, row.heard_at),
          ]),
        );
      }
      for (const { agent_id, health, health_since, health_reason } of json ? [] : rows)
        if (health !== null && health !== 'ok')
          printLine(colour.yellow(`${agent_id}: ${health} since ${health_since}: ${health_reason}`));
      return 0;
    } finally {
      await operations.close();
    }
  },
};

function healthCell(health: string | null): TextPart {
  if (health === null) return '–';
  return health === 'ok' ? health : colour.yellow(health);
}
