import { z } from 'zod';

/** Lower-case UUID of any version. */
export const uuid_schema = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
/** Lower-case hexadecimal SHA-256. */
export const sha256_schema = z.string().regex(/^[0-9a-f]{64}$/);
/** A receipt's place in its image: 00001 to 00020. */
export const receipt_id_schema = z.string().regex(/^\d{5}$/);
/** ISO 8601 instant in UTC with milliseconds, as `Date.toISOString` writes it: sorts as text. */
export const instant_schema = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
/** ISO 8601 calendar day. */
export const day_schema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
/** ISO 8601 local time, to the minute or the second. */
export const time_schema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/);
/** Decimal number as text: money and quantities are never floats. At most 15 digits before the point and 6 behind it. */
export const decimal_schema = z.string().regex(/^-?(0|[1-9]\d{0,14})(\.\d{1,6})?$/);
/** ISO 4217 code. */
export const currency_schema = z.string().regex(/^[A-Z]{3}$/);
/** A calibrated probability. */
export const probability_schema = z.number().min(0).max(1);
