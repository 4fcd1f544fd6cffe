import type { ServiceIdentity } from '@slipstream/service';

/** The agent as launchd and systemd know it. */
export const AGENT_SERVICE: ServiceIdentity = {
  name: 'receipt-ocr',
  description: 'Slipstream OCR agent',
  byHand: 'receipt-ocr --continuous',
  outputName: 'launchd.log',
};
