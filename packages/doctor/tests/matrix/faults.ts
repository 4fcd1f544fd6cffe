import { DATA_FAULTS } from './data-faults.ts';
import { ENDPOINT_FAULTS } from './endpoint-faults.ts';
import type { Fault } from './fault.ts';
import { FUNCTION_FAULTS } from './function-faults.ts';
import { FURTHER_FAULTS } from './further-faults.ts';
import { NAME_FAULTS } from './name-faults.ts';
import { QUEUE_FAULTS } from './queue-faults.ts';
import { WAY_FAULTS } from './way-faults.ts';

export type { Fault } from './fault.ts';

/** Every way to break a stack. */
export const FAULTS: readonly Fault[] = [
  ...WAY_FAULTS,
  ...ENDPOINT_FAULTS,
  ...NAME_FAULTS,
  ...FUNCTION_FAULTS,
  ...DATA_FAULTS,
  ...QUEUE_FAULTS,
  ...FURTHER_FAULTS,
];
