import type { Environment } from './environment.ts';
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

function hasWayOut(environment: Environment): boolean {
  return (
    environment.network.kind === 'existing' || environment.nat.kind !== 'none' || vpcFunctions(environment).length === 0
  );
}

/** A name or address that a private network resolves and routes by itself (RFC 1918; .internal, ICANN 2024). */
function isInside(host: string): boolean {
  return /\.internal$|\.local$|^10\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\./.test(host);
}
