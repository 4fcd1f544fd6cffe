import type {
  Agents,
  CompactionRuns,
  DegradedReadings,
  Jobs,
  Receipts,
  SweepPositions,
  Uploads,
} from '@slipstream/records';
import { type DeletePorts, deletePorts } from '../delete-image/delete-ports.ts';
import {
  agentsOf,
  compactionRunsOf,
  degradedReadingsOf,
  jobsOf,
  receiptsOf,
  sweepPositionsOf,
  uploadsOf,
} from '../work/repositories.ts';
import type { Queues, WorkPorts } from '../work/work-ports.ts';

export interface SweepPorts extends DeletePorts {
  readonly agents: Agents;
  readonly jobs: Jobs;
  readonly receipts: Receipts;
  readonly uploads: Uploads;
  readonly degradedReadings: DegradedReadings;
  readonly compactionRuns: CompactionRuns;
  readonly sweepPositions: SweepPositions;
  readonly queues: Pick<Queues, 'ocr-queue' | 'ocr-results-queue' | 'validate-queue' | 'compaction-queue'>;
}

export function sweepPorts(ports: WorkPorts): SweepPorts {
  return {
    ...deletePorts(ports),
    queues: ports.queues,
    agents: agentsOf(ports),
    jobs: jobsOf(ports),
    receipts: receiptsOf(ports),
    uploads: uploadsOf(ports),
    degradedReadings: degradedReadingsOf(ports),
    compactionRuns: compactionRunsOf(ports),
    sweepPositions: sweepPositionsOf(ports),
  };
}
