import type { Environment, NewNetwork } from './environment.ts';
import { FUNCTION_NAMES } from './function-names.ts';
import { contains, overlap, parseIpv4Range } from './ipv4-range.ts';
import { runsInVpc } from './runs-in-vpc.ts';

/** What does not fit together, one sentence each; an environment with any is not synthesised. */
export function environmentFaults(environment: Environment): string[] {
  return [
    ...(environment.network.kind === 'new' ? networkFaults(environment.network) : []),
    ...natFaults(environment),
    ...retentionFaults(environment),
    ...functionFaults(environment),
  ];
}

export function checkEnvironment(environment: Environment): void {
  const faults = environmentFaults(environment);
  if (faults.length > 0)
    throw new Error(`Environment ${environment.name}:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
}

/** AWS's limits on a subnet and a VPC: /16 to /28. */
function networkFaults(network: NewNetwork): string[] {
  const faults: string[] = [];
  const named = [
    { cidr: network.vpc_cidr, name: 'vpc_cidr' },
    ...network.public_subnets.map(({ cidr }) => ({ cidr, name: 'public subnet' })),
    ...network.private_subnets.map(({ cidr }) => ({ cidr, name: 'private subnet' })),
  ].flatMap(({ cidr, name }) => {
    try {
      return [{ cidr, name, range: parseIpv4Range(cidr) }];
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error));
      return [];
    }
  });
  if (faults.length > 0) return faults;
  for (const { cidr, name, range } of named) {
    if (range.prefix < 16 || range.prefix > 28) faults.push(`The ${name} ${cidr} is not between /16 and /28.`);
  }
  const [vpc, ...subnets] = named;
  for (const [index, subnet] of subnets.entries()) {
    if (vpc && !contains(vpc.range, subnet.range))
      faults.push(`The ${subnet.name} ${subnet.cidr} lies outside ${vpc.cidr}.`);
    for (const other of subnets.slice(index + 1)) {
      if (overlap(subnet.range, other.range))
        faults.push(`The ${subnet.name} ${subnet.cidr} overlaps the ${other.name} ${other.cidr}.`);
    }
  }
  const zones = network.private_subnets.map((subnet) => subnet.zone_id);
  if (new Set(zones).size !== zones.length)
    faults.push(`The private subnets share a zone (${zones.join(', ')}): one zone's failure would take them all.`);
  if (new Set(zones).size < 2) faults.push('The private subnets need two zones.');
  const publicZones = new Set(network.public_subnets.map((subnet) => subnet.zone_id));
  if (!zones.some((zone) => publicZones.has(zone))) {
    faults.push(
      'No public subnet shares a zone with a private one: all traffic to the NAT would be charged between zones.',
    );
  }
  return faults;
}

function natFaults(environment: Environment): string[] {
  const { nat, network, endpoints } = environment;
  const faults: string[] = [];
  if (network.kind === 'existing' && nat.kind !== 'none') {
    faults.push("An existing network has its own way out: nat has to be { kind: 'none' }.");
  }
  if (
    network.kind === 'new' &&
    nat.kind === 'none' &&
    FUNCTION_NAMES.some((name) => name !== 'connectivity-probe' && runsInVpc(environment, name)) &&
    !(endpoints.sqs && endpoints.secretsmanager)
  ) {
    faults.push(
      'Without a NAT the functions in private subnets reach SQS and Secrets Manager through interface endpoints only: switch both on, or set functions.vpc to none.',
    );
  }
  return faults;
}

/** A redriven dead letter has to find its delta: the latest one is read a message's life after the letter's last day. */
function retentionFaults({ retention }: Environment): string[] {
  const faults: string[] = [];
  if (retention.dead_letter_days <= retention.message_days) {
    faults.push('dead_letter_days has to exceed message_days: a letter keeps the age of its message.');
  }
  const needed = 2 * retention.message_days + retention.dead_letter_days;
  if (retention.delta_days < needed) {
    faults.push(
      `delta_days has to be ${needed} or more (message, dead letter, message again): a late redrive would find nothing.`,
    );
  }
  return faults;
}

function functionFaults({ functions, efs }: Environment): string[] {
  const faults: string[] = [];
  if (efs && functions.vpc === 'none')
    faults.push("EFS is mounted from inside the VPC only: functions.vpc cannot be 'none'.");
  if (functions.sizes.api.timeout_s > 29) faults.push('api has to end within 29 s: an HTTP API gives up after 30 s.');
  for (const name of FUNCTION_NAMES) {
    const { timeout_s, concurrency_reserved, concurrency_provisioned } = functions.sizes[name];
    // SQS: visibility is 6 times the time-out, 43,200 s at most; Lambda's 900 s never reaches it.
    if (
      concurrency_reserved !== null &&
      concurrency_provisioned !== null &&
      concurrency_provisioned > concurrency_reserved
    ) {
      faults.push(`${name}: concurrency_provisioned exceeds concurrency_reserved.`);
    }
    if (timeout_s < 1) faults.push(`${name}: no time-out.`);
  }
  return faults;
}
