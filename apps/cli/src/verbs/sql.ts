import { runSql } from '@slipstream/catalogue';
import { SlipstreamError } from '@slipstream/shared';
import { printJson, printLine, printTable, type Verb } from '@slipstream/terminal';
import { openHomeCatalogue, readyCatalogue } from '../home/home-catalogue.ts';
import { openExistingHome } from '../home/open-home.ts';
import { integerOption } from './receipt-filters.ts';

const ROWS_MAX = 100_000;
const TIMEOUT_S_MAX = 600;

export const sqlVerb: Verb<'data'> = {
  name: 'sql',
  summary: 'Ask the catalogue on this machine in SQL, read only: receipts, line_items, taxes, tags, merchants',
  examples: [
    'slipstream sql "SELECT merchant, count(*) AS visits FROM receipts GROUP BY merchant ORDER BY visits DESC LIMIT 10"',
    'slipstream sql "SELECT description, amount FROM line_items WHERE amount > 100" --json',
  ],
  args: [['<query>', 'One SELECT; its process is ended at the limit']],
  options: [
    ['--limit <n>', 'Rows at most', '1000'],
    ['--timeout <seconds>', 'Longest time that it may take', '10'],
  ],
  settings: ['data'],
  run: async ({ args, options, settings, json, logger }) => {
    const sql = args[0]?.trim() ?? '';
    if (sql === '')
      throw new SlipstreamError('REQUEST_INVALID', 'Which query? slipstream sql "SELECT count(*) FROM receipts"');
    const rows_max = integerOption('--limit', options.limit, ROWS_MAX);
    const timeout_ms = integerOption('--timeout', options.timeout, TIMEOUT_S_MAX) * 1_000;
    const home = await openExistingHome(settings.data ?? '.', logger);
    const catalogue = openHomeCatalogue(home, { inProcess: true });
    try {
      const { location } = await (await readyCatalogue(home, catalogue)).status();
      const { columns, rows, more } = await runSql({ file: location, sql, rows_max, timeout_ms });
      if (json) {
        printJson({
          columns,
          rows: rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]]))),
          more,
        });
        return 0;
      }
      if (rows.length === 0) printLine('No rows.');
      else
        printTable(
          [...columns],
          rows.map((row) => row.map((cell) => (cell === null ? '–' : String(cell)))),
        );
      if (more) printLine(`There are more rows: --limit.`);
      return 0;
    } finally {
      await catalogue.close();
      await home.close();
    }
  },
};
