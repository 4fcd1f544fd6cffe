import { createRoute, z } from '@hono/zod-openapi';
import { currencySchema, daySchema, decimalSchema, RECEIPT_STATUSES } from '@slipstream/shared';
import { problemSchema } from './problem-schema.ts';

/** Orders of a list of receipts; with a minus the highest first. */
export const RECEIPT_SORTS = ['-date', 'date', '-total', 'total', 'merchant', '-merchant'] as const;
export const SPENDING_BY = ['month', 'merchant', 'category', 'tax', 'currency'] as const;
const SPENDING_ROWS_MAX = 1_000;

/** A day of the calendar: 2026-02-30 is none. */
const calendarDaySchema = daySchema.refine(isOnCalendar, {
  message: 'There is no such day; a day reads 2026-01-31.',
});

/** Also asked of what is no day at all. */
function isOnCalendar(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}

/** Which receipts are wanted: all that is given has to hold. */
export const receiptFilterParameters = {
  q: z.string().min(1).max(200).optional().openapi({
    description:
      'Words that all stand in the receipt; parts of words and damaged letters count, "this" means this word alone',
    example: 'oat latte',
  }),
  merchant: z.string().min(1).max(200).optional().openapi({ description: "A merchant's id, or a part of its name" }),
  category: z.string().min(1).max(100).optional(),
  tag: z.string().min(1).max(50).optional(),
  from: calendarDaySchema.optional(),
  to: calendarDaySchema.optional(),
  min: decimalSchema.optional().openapi({ description: 'The lowest total', example: '10.50' }),
  max: decimalSchema.optional().openapi({ description: 'The highest total' }),
  currency: currencySchema.optional().openapi({ example: 'EUR' }),
  status: z.enum(RECEIPT_STATUSES).optional(),
  degraded: z
    .enum(['true', 'false'])
    .transform((flag) => flag === 'true')
    .optional()
    .openapi({
      type: 'string',
      enum: ['true', 'false'],
      description: 'Read by an engine that was not well, or not',
    }),
};

export const spendingSchema = z
  .object({
    rows: z.array(
      z.object({
        key: z.string().nullable().openapi({
          description: "A month as 2026-01, a merchant's or category's id, a tax's label and rate, a currency",
        }),
        label: z.string().nullable().openapi({ description: "For people, where the key is not: a merchant's name" }),
        currency: z.string().nullable().openapi({ description: 'Amounts of different currencies are never added' }),
        amount: z.string().openapi({ description: 'Exact', example: '1234.50' }),
        receipts: z.int(),
      }),
    ),
    more: z.boolean().openapi({ description: 'There are more groups than were asked for' }),
    without_amount: z.int().openapi({ description: 'Receipts that no sum holds: no total, or tax, was read of them' }),
  })
  .openapi('Spending');

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});

export const getSpending = createRoute({
  operationId: 'getSpending',
  tags: ['receipts'],
  method: 'get',
  path: '/spending',
  summary: 'What was spent, by month, merchant, category, tax or currency',
  request: {
    query: z.object({
      by: z.enum(SPENDING_BY).default('month'),
      ...receiptFilterParameters,
      limit: z.coerce.number().int().min(1).max(SPENDING_ROWS_MAX).default(100),
    }),
  },
  responses: {
    200: { description: 'The sums', content: { 'application/json': { schema: spendingSchema } } },
    400: problem('A parameter is not valid'),
    501: problem('There is no catalogue here'),
    503: problem('The catalogue is being made'),
  },
});

export type SpendingView = z.infer<typeof spendingSchema>;
