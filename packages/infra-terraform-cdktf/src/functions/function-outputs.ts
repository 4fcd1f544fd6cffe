import { FUNCTION_NAMES } from '@slipstream/shared';
import type { DataParts } from '../rights/resource-arns.ts';
import type { Functions } from './functions.ts';
import { queueAddresses } from './variables.ts';

/** What an operator's programs have to know: the queues, by their variables' names in lower case, the roles, the probe. */
export function functionOutputs(queues: DataParts['queues'], functions: Functions): Record<string, string> {
  const addresses = Object.entries(queueAddresses(queues)).map(([name, url]) => [name.toLowerCase(), url]);
  const roles = FUNCTION_NAMES.map((name) => [`${name.replaceAll('-', '_')}_role_arn`, functions.get(name).roleArn]);
  return {
    ...Object.fromEntries(addresses),
    ...Object.fromEntries(roles),
    connectivity_probe_function: functions.get('connectivity-probe').aliasArn,
  };
}
