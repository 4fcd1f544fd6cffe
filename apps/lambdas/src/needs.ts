import type { FunctionNeeds } from '@slipstream/shared';
import { apiNeeds } from './api/needs.ts';
import { compactionNeeds } from './compaction/needs.ts';
import { connectivityProbeNeeds } from './connectivity-probe/needs.ts';
import { processOcrResultsNeeds } from './process-ocr-results/needs.ts';
import { streamProcessorNeeds } from './stream-processor/needs.ts';
import { submitJobNeeds } from './submit-job/needs.ts';
import { sweeperNeeds } from './sweeper/needs.ts';
import { validateReceiptNeeds } from './validate-receipt/needs.ts';

/** The needs of every function, which a test holds against the calls that the bundles really make. */
export const needs: readonly FunctionNeeds[] = [
  apiNeeds,
  compactionNeeds,
  connectivityProbeNeeds,
  processOcrResultsNeeds,
  streamProcessorNeeds,
  submitJobNeeds,
  sweeperNeeds,
  validateReceiptNeeds,
];
