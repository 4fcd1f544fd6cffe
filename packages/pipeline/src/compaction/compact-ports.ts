import type { CompactionRuns, IndexRecords, Jobs, Receipts } from '@slipstream/records';
import { compactionRunsOf, indexRecordsOf, jobsOf, receiptsOf } from '../work/repositories.ts';
import type { LogPorts, MemoryPorts, Queues, WorkPorts } from '../work/work-ports.ts';

export interface CompactPorts extends LogPorts, MemoryPorts, Pick<WorkPorts, 'artifacts'> {
  readonly jobs: Jobs;
  readonly receipts: Receipts;
  readonly compactionRuns: CompactionRuns;
  readonly indexRecords: IndexRecords;
  readonly queues: Pick<Queues, 'compaction-queue'>;
}

export function compactPorts<P extends WorkPorts & MemoryPorts>(ports: P): CompactPorts {
  return {
    ...ports,
    jobs: jobsOf(ports),
    receipts: receiptsOf(ports),
    compactionRuns: compactionRunsOf(ports),
    indexRecords: indexRecordsOf(ports),
  };
}
