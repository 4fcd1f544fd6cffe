import type { ServiceIdentity } from '@slipstream/service';

/** `slipstream dev` as launchd and systemd know it. */
export const DEV_SERVICE: ServiceIdentity = {
  name: 'slipstream',
  description: 'Slipstream, the receipts of this machine',
  byHand: 'slipstream dev',
  outputName: 'slipstream.log',
};
