import { SPENDING_BY, type SpendingView } from '@slipstream/api-contract';
import { SlipstreamError } from '@slipstream/shared';
import { colour, figures, printJson, printLine, printTable, type Verb } from '@slipstream/terminal';
import { openReceipts, PLACE_SETTINGS } from '../service/open-receipts.ts';
import { FILTER_OPTIONS, filtersOf, integerOption } from './receipt-filters.ts';

const ROWS_MAX = 1_000;
const BAR_COLUMNS = 24;

export const spendingVerb: Verb<(typeof PLACE_SETTINGS)[number]> = {
  name: 'spending',
  summary: 'Sum what was spent by month, merchant, category, tax or currency; currencies are never added together',
  examples: [
    'slipstream spending',
    'slipstream spending --by merchant --from 2026-01-01 --to 2026-12-31',
    'slipstream spending --by tax --currency EUR --json',
  ],
  options: [
    ['--by <group>', `One of ${SPENDING_BY.join(', ')}`, 'month'],
    ['--find <words>', 'Only receipts in which these words stand'],
    ['--status <status>', 'One of NEW, VALID, NEEDS_REVIEW, REVIEWED'],
    ...FILTER_OPTIONS,
    ['--limit <n>', 'Rows at most', '100'],
  ],
  settings: PLACE_SETTINGS,
  run: async ({ options, settings, json, logger }) => {
    const by = SPENDING_BY.find((one) => one === options.by);
    if (!by) throw new SlipstreamError('REQUEST_INVALID', `--by ${options.by} is none of ${SPENDING_BY.join(', ')}.`);
    const limit = integerOption('--limit', options.limit, ROWS_MAX);
    const q = options.find === undefined ? {} : { q: String(options.find) };
    const { sort: _, ...filters } = filtersOf(options);
    const service = await openReceipts(settings, logger);
    try {
      const spending = await service.spending({ ...filters, ...q, by, limit });
      if (json) printJson(spending);
      else print(by, spending);
      return 0;
    } finally {
      await service.close();
    }
  },
};

function print(by: string, { rows, more, without_amount }: SpendingView): void {
  if (rows.length === 0) printLine('Nothing was spent, or no receipt matches.');
  else {
    const isTerminal = process.stdout.isTTY === true;
    const highest = highestByCurrency(rows);
    printTable(
      [
        { title: by, min: 12 },
        figures('amount'),
        'currency',
        figures('receipts'),
        ...(isTerminal ? [{ title: '', dispensable: 1 }] : []),
      ],
      rows.map(({ key, label, currency, amount, receipts }) => [
        label ?? key ?? '–',
        amount,
        currency ?? '–',
        String(receipts),
        ...(isTerminal ? [colour.cyan(bar(Number(amount), highest.get(currency) ?? 0))] : []),
      ]),
    );
  }
  if (more) printLine(colour.dim('There are more groups: --limit.'));
  if (without_amount > 0)
    printLine(
      colour.dim(`${without_amount} receipts are in no sum: no ${by === 'tax' ? 'tax' : 'total'} was read of them.`),
    );
}

/** A bar is as long as its amount is against the highest of its currency. */
function highestByCurrency(rows: SpendingView['rows']): ReadonlyMap<string | null, number> {
  const highest = new Map<string | null, number>();
  for (const { currency, amount } of rows) highest.set(currency, Math.max(highest.get(currency) ?? 0, Number(amount)));
  return highest;
}

const bar = (amount: number, highest: number): string =>
  highest > 0 && amount > 0 ? '█'.repeat(Math.max(1, Math.round((BAR_COLUMNS * amount) / highest))) : '';
