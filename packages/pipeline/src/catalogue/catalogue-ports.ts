import type { Catalogue } from '@slipstream/catalogue';
import type { Jobs, Merchants, Receipts } from '@slipstream/records';
import { jobsOf, merchantsOf, receiptsOf } from '../work/repositories.ts';
import type { LogPorts, Queues, WorkPorts } from '../work/work-ports.ts';

/** What a receipt's row is made of. */
export interface CatalogueSource extends LogPorts, Pick<WorkPorts, 'artifacts'> {
  readonly receipts: Receipts;
  readonly jobs: Jobs;
  readonly merchants: Merchants;
}

export interface CataloguePorts extends CatalogueSource {
  readonly catalogue: Catalogue;
  readonly queues: Pick<Queues, 'catalogue-queue'>;
}

export function cataloguePorts(ports: WorkPorts, catalogue: Catalogue): CataloguePorts {
  return { ...ports, catalogue, receipts: receiptsOf(ports), jobs: jobsOf(ports), merchants: merchantsOf(ports) };
}
