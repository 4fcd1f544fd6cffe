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

/** Whose zip carries LanceDB's native module. */
export const VECTOR_FUNCTIONS = ['process-ocr-results', 'compaction'] as const satisfies readonly FunctionName[];

export function isVectorFunction(name: FunctionName): boolean {
  return VECTOR_FUNCTIONS.some((vector) => vector === name);
}
