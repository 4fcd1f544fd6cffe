import type { CallerImages, CallerReceipts, MerchantReceipts } from '@slipstream/records';
import { callerImagesOf, callerReceiptsOf, merchantReceiptsOf } from '../work/repositories.ts';
import type { LogPorts, Queues, WorkPorts } from '../work/work-ports.ts';

export interface StreamPorts extends LogPorts {
  readonly callerReceipts: CallerReceipts;
  readonly callerImages: CallerImages;
  readonly merchantReceipts: MerchantReceipts;
  readonly queues: Pick<Queues, 'validate-queue' | 'compaction-queue'>;
}

export function streamPorts(ports: WorkPorts): StreamPorts {
  return {
    ...ports,
    callerReceipts: callerReceiptsOf(ports),
    callerImages: callerImagesOf(ports),
    merchantReceipts: merchantReceiptsOf(ports),
  };
}
