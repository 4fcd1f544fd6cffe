import type { FunctionName } from '../contracts/function-names.ts';
import { apiNeeds } from './api.ts';
import { compactionNeeds } from './compaction.ts';
import { connectivityProbeNeeds } from './connectivity-probe.ts';
import type { FunctionNeeds } from './function-needs.ts';
import { processOcrResultsNeeds } from './process-ocr-results.ts';
import { streamProcessorNeeds } from './stream-processor.ts';
import { submitJobNeeds } from './submit-job.ts';
import { sweeperNeeds } from './sweeper.ts';
import { validateReceiptNeeds } from './validate-receipt.ts';

/** The needs of every function: its role is made of them, and a test holds them against the calls that its bundle makes. */
export const FUNCTION_NEEDS: Readonly<Record<FunctionName, FunctionNeeds>> = {
  api: apiNeeds,
  'submit-job': submitJobNeeds,
  'process-ocr-results': processOcrResultsNeeds,
  'stream-processor': streamProcessorNeeds,
  compaction: compactionNeeds,
  'validate-receipt': validateReceiptNeeds,
  'connectivity-probe': connectivityProbeNeeds,
  sweeper: sweeperNeeds,
};
