import { z } from '@hono/zod-openapi';
import { CHANGES_PER_RECORD_MAX } from '@slipstream/shared';

/** A longer text is refused with a sentence of its own; this bounds what is read at all. */
const TEXT_LENGTH_MAX = 2_000;
const ROWS_MAX = 9_999;

const path = z.string().min(1).max(200).openapi({ example: 'line_items[0].amount' });
const list = z.enum(['line_items', 'discounts', 'taxes']);
const at = z.int().min(0).max(ROWS_MAX).openapi({ description: 'A row, counted from 0' });
const value = z.string().max(TEXT_LENGTH_MAX);
const values = z.record(z.string().max(50), value).openapi({ example: { description: 'Tea', amount: '2.50' } });

const change = z.discriminatedUnion('op', [
  z.object({ op: z.literal('set'), path, value }),
  z.object({ op: z.literal('clear'), path }),
  z.object({ op: z.literal('confirm'), path }),
  z.object({ op: z.literal('take'), path }),
  z.object({ op: z.literal('add'), list, at: at.optional(), values }),
  z.object({ op: z.literal('remove'), list, at }),
  z.object({ op: z.literal('move'), list, at, to: at }),
  z.object({ op: z.literal('split'), list, at, into: z.array(values).min(2).max(20) }),
]);

export const reviewSchema = z
  .object({
    changes: z.array(change).max(CHANGES_PER_RECORD_MAX).default([]).openapi({
      description: 'Done in their order, all or none. `take`: what another reading proposes beside a reviewed value',
    }),
    approve: z
      .boolean()
      .default(false)
      .openapi({ description: 'Take the receipt as it stands then, whatever its sums' }),
    source: z.enum(['page', 'cli', 'api']).default('api'),
  })
  .openapi('Review');
