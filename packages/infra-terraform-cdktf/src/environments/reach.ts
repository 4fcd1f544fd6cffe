import type { Environment } from './environment.ts';
import { isInside } from './model-address.ts';
import { endpointsToBuild, type NeedsOf, needsNat, networkNeeds } from './network-needs.ts';
import { vpcFunctions } from './vpc-functions.ts';

/** What functions in the VPC need and could never reach: their calls would hang until their time-outs. */
export function reachFaults(environment: Environment, needsOf: NeedsOf): string[] {
  if (hasWayOut(environment)) return [];
  const endpoints = endpointsToBuild(environment, needsOf);
  return networkNeeds(environment, needsOf).flatMap(({ function: name, services, hosts }) => [
    ...services
      .filter((service) => !endpoints.includes(service))
      .map(
        (service) =>
          `${name} runs in the VPC and calls ${service}, which it cannot reach: without a NAT switch endpoints.${service} on, choose a NAT, or set functions.vpc to none.`,
      ),
    ...hosts
      .filter(({ variable, host }) => variable !== null && !isInside(host))
      .map(
        ({ host, port }) =>
          `${name} runs in the VPC and is to call ${host}:${port}, which it cannot reach without a NAT: choose one, or set functions.vpc to none.`,
      ),
    ...hosts
      .filter(({ variable, secret }) => variable === null && secret === null)
      .map(({ host }) => `${name} runs in the VPC and calls ${host}, which it cannot reach without a NAT.`),
  ]);
}

/** What is worth knowing before it is paid for or missed; no reason to refuse. */
export function reachNotes(environment: Environment, needsOf: NeedsOf): string[] {
  const notes: string[] = [];
  if (!hasWayOut(environment)) {
    const keyed = networkNeeds(environment, needsOf).flatMap(({ function: name, hosts }) =>
      hosts.flatMap(({ host, secret, variable }) => (secret && variable === null ? [{ name, host, secret }] : [])),
    );
    for (const { name, host, secret } of keyed)
      notes.push(`${host} is unreachable for ${name} without a way out: set no ${secret} key, or choose a NAT.`);
  }
  const chosen = (['sqs', 'secretsmanager', 'logs'] as const).filter((service) => environment.endpoints[service]);
  const present = environment.network.kind === 'existing' ? environment.network.endpoints_present : [];
  const built = endpointsToBuild(environment, needsOf);
  const spared = chosen.filter((service) => !built.includes(service) && !present.includes(service));
  for (const service of spared)
    notes.push(
      `The ${service} endpoint is not built: no function in the VPC ${service === 'logs' ? 'is there to use it' : 'calls it'}.`,
    );
  if (environment.nat.kind !== 'none' && !needsNat(environment))
    notes.push('The NAT is not built: no function runs in the VPC.');
  return notes;
}

/** Whether the private subnets lead to the internet, or nothing of ours is in them. */
function hasWayOut(environment: Environment): boolean {
  return (
    environment.network.kind === 'existing' || environment.nat.kind !== 'none' || vpcFunctions(environment).length === 0
  );
}

/** The probe's targets that this network can reach; null: all of them. */
export function reachableTargets(environment: Environment, needsOf: NeedsOf): readonly string[] | null {
  if (hasWayOut(environment)) return null;
  const model = environment.llm && isInside(new URL(environment.llm.base_url).hostname) ? ['openai'] : [];
  const endpoints = endpointsToBuild(environment, needsOf).filter((service) => service !== 'logs');
  return ['s3', 'dynamodb', ...endpoints, ...model];
}
