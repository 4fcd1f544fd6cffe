import type { Budgets, Jobs, ModelReviews, Receipts } from '@slipstream/records';
import { budgetsOf, jobsOf, modelReviewsOf, receiptsOf } from '../work/repositories.ts';
import type { LogPorts, Queues, WorkPorts } from '../work/work-ports.ts';

export interface ValidatePorts extends LogPorts, Pick<WorkPorts, 'artifacts'> {
  readonly jobs: Jobs;
  readonly receipts: Receipts;
  readonly budgets: Budgets;
  readonly modelReviews: ModelReviews;
  readonly queues: Pick<Queues, 'validate-queue'>;
}

export function validatePorts(ports: WorkPorts): ValidatePorts {
  return {
    ...ports,
    jobs: jobsOf(ports),
    receipts: receiptsOf(ports),
    budgets: budgetsOf(ports),
    modelReviews: modelReviewsOf(ports),
  };
}
