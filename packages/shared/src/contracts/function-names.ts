/** The functions, as their bundles' folders are called. */
export const FUNCTION_NAMES = [
  'api',
  'submit-job',
  'process-ocr-results',
  'stream-processor',
  'compaction',
  'validate-receipt',
  'connectivity-probe',
  'sweeper',
] as const;
export type FunctionName = (typeof FUNCTION_NAMES)[number];

/** A record with an entry for each function. */
export function eachFunction<T>(make: (name: FunctionName) => T): Readonly<Record<FunctionName, T>> {
  return Object.fromEntries(FUNCTION_NAMES.map((name) => [name, make(name)])) as Record<FunctionName, T>;
}
