import { type FunctionName, type FunctionNeeds, type NeededHost, neededHosts } from '@slipstream/shared';
import type { Environment } from './environment.ts';
import { vpcFunctions } from './vpc-functions.ts';

export type NeedsOf = Readonly<Record<FunctionName, FunctionNeeds>>;

/** AWS's services that an interface endpoint leads to; S3 and DynamoDB have gateway endpoints, which are free. */
const INTERFACE_SERVICES = ['sqs', 'secretsmanager'] as const;
type InterfaceService = (typeof INTERFACE_SERVICES)[number];

export interface NetworkNeed {
  readonly function: FunctionName;
  readonly services: readonly InterfaceService[];
  readonly hosts: readonly NeededHost[];
}

/**
 * What the code of each function in the VPC calls, from its needs. The probe is not among them: it reports what it
 * cannot reach, and that is its work.
 */
export function networkNeeds(environment: Environment, needsOf: NeedsOf): NetworkNeed[] {
  return vpcFunctions(environment)
    .filter((name) => name !== 'connectivity-probe')
    .map((name) => ({
      function: name,
      services: INTERFACE_SERVICES.filter((service) =>
        needsOf[name].aws.some(({ resource }) => serviceOf(resource) === service),
      ),
      hosts: neededHosts(needsOf[name], configuredHosts(environment)),
    }));
}

/** What `llm.base_url` is to the functions. */
export const MODEL_VARIABLE = 'OPENAI_BASE_URL';

/** What the environment puts in place of a usual host. */
function configuredHosts({ llm }: Pick<Environment, 'llm'>): Record<string, string> {
  return llm ? { [MODEL_VARIABLE]: llm.base_url } : {};
}

/** Ports that functions in the VPC leave by: AWS and the model behind TLS, and whatever the environment configures. */
export function egressPorts(environment: Environment, needsOf: NeedsOf): number[] {
  const ports = networkNeeds(environment, needsOf).flatMap(({ hosts }) => hosts.map(({ port }) => port));
  return [...new Set([443, ...ports])].toSorted((a, b) => a - b);
}

/** An interface endpoint is built where it was chosen and a function in the VPC takes it: each zone of one costs $7.30. */
export function endpointsToBuild(
  environment: Environment,
  needsOf: NeedsOf,
): readonly ('sqs' | 'secretsmanager' | 'logs')[] {
  const needs = networkNeeds(environment, needsOf);
  if (vpcFunctions(environment).length === 0) return [];
  const present = environment.network.kind === 'existing' ? environment.network.endpoints_present : [];
  return (['sqs', 'secretsmanager', 'logs'] as const).filter((service) => {
    if (!environment.endpoints[service] || present.includes(service)) return false;
    // The Logs API is called by nobody's code; who switches its endpoint on has a reason of their own.
    return service === 'logs' || needs.some(({ services }) => services.includes(service));
  });
}

/** Whether anything in the private subnets calls out. */
export function needsNat(environment: Environment): boolean {
  return vpcFunctions(environment).length > 0;
}

function serviceOf(resource: string): InterfaceService | null {
  if (resource.startsWith('secret:')) return 'secretsmanager';
  return resource.endsWith('-queue') || resource.endsWith('-queue-dead') ? 'sqs' : null;
}
