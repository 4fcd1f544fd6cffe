import type { CompactionRuns, DegradedReadings, Jobs, Merchants, Receipts } from '@slipstream/records';
import { compactionRunsOf, degradedReadingsOf, jobsOf, merchantsOf, receiptsOf } from '../work/repositories.ts';
import type { LogPorts, MemoryPorts, Queues, WorkPorts } from '../work/work-ports.ts';

export interface ProcessPorts extends LogPorts, MemoryPorts, Pick<WorkPorts, 'artifacts'> {
  readonly jobs: Jobs;
  readonly receipts: Receipts;
  readonly merchants: Merchants;
  readonly degradedReadings: DegradedReadings;
  readonly compactionRuns: CompactionRuns;
  readonly queues: Pick<Queues, 'ocr-results-queue'>;
}

export function processPorts<P extends WorkPorts & MemoryPorts>(ports: P): ProcessPorts {
  return {
    ...ports,
    jobs: jobsOf(ports),
    receipts: receiptsOf(ports),
    merchants: merchantsOf(ports),
    degradedReadings: degradedReadingsOf(ports),
    compactionRuns: compactionRunsOf(ports),
  };
}
