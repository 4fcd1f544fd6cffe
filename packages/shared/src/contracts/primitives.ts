import * as z from 'zod';

/** Lower-case UUID of any version. */
export const uuidSchema = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
/** Lower-case hexadecimal SHA-256. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
/** A receipt's place in its image: 00001 to 00020. */
export const receiptIdSchema = z.string().regex(/^\d{5}$/);
/** ISO 8601 instant in UTC with milliseconds, as `Date.toISOString` writes it: sorts as text. */
export const instantSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
/** ISO 8601 calendar day. */
export const daySchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
/** ISO 8601 local time, to the minute or the second. */
export const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/);
/** Decimal number as text: money and quantities are never floats. At most 15 digits before the point and 6 behind it. */
export const decimalSchema = z.string().regex(/^-?(0|[1-9]\d{0,14})(\.\d{1,6})?$/);
/** ISO 4217 code. */
export const currencySchema = z.string().regex(/^[A-Z]{3}$/);
/** A calibrated probability. */
export const probabilitySchema = z.number().min(0).max(1);
