import { FUNCTION_NAMES, QUEUES, queueReadBy } from '@slipstream/shared';
import type { Environment, NewNetwork } from './environment.ts';
import { contains, overlap, parseIpv4Range } from './ipv4-range.ts';
import { modelFaults } from './model-address.ts';
import type { NeedsOf } from './network-needs.ts';
import { reachFaults } from './reach.ts';
import { vpcFunctions } from './vpc-functions.ts';
import { zonePrefix } from './zones.ts';

/** What does not fit together, one sentence each; an environment with any is not synthesised. */
export function environmentFaults(environment: Environment, needsOf: NeedsOf): string[] {
  return [
    ...(environment.network.kind === 'new' ? networkFaults(environment.network) : []),
    ...(environment.network.kind === 'new' ? placeFaults(environment, environment.network) : []),
    ...regionFaults(environment),
    ...natFaults(environment),
    ...reachFaults(environment, needsOf),
    ...modelFaults(environment, needsOf),
    ...operatingFaults(environment),
    ...retentionFaults(environment),
    ...functionFaults(environment),
  ];
}

export function checkEnvironment(environment: Environment, needsOf: NeedsOf): void {
  const faults = environmentFaults(environment, needsOf);
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

/** China and GovCloud are partitions of their own: other ARNs, other domains, and not all of these services. */
function regionFaults({ region }: Environment): string[] {
  return /^(cn|us-gov|us-iso[a-z]*|eu-isoe)-/.test(region)
    ? [
        `${region} lies in another partition of AWS, which this stack's ARNs do not name: choose a region of the standard one.`,
      ]
    : [];
}

function natFaults({ nat, network }: Environment): string[] {
  return network.kind === 'existing' && nat.kind !== 'none'
    ? ["An existing network has its own way out: nat has to be { kind: 'none' }."]
    : [];
}

/**
 * A function's network interfaces, an endpoint's and a mount target's share a subnet, and a change of the functions'
 * settings needs as many again for a while: the 11 addresses of a /28 (AWS keeps five) run out in the midst of a deploy.
 */
const PRIVATE_PREFIX_MAX = 27;

function placeFaults(environment: Environment, network: NewNetwork): string[] {
  const prefix = zonePrefix(environment.region);
  const foreign = [...network.public_subnets, ...network.private_subnets]
    .map(({ zone_id }) => zone_id)
    .filter((zone) => !zone.startsWith(`${prefix}-`));
  const inside = vpcFunctions(environment);
  const small = network.private_subnets.filter(({ cidr }) => Number(cidr.split('/')[1]) > PRIVATE_PREFIX_MAX);
  return [
    ...(foreign.length > 0
      ? [
          `${[...new Set(foreign)].join(', ')} are no zones of ${environment.region}, whose ids begin with ${prefix}-: choose its own (aws ec2 describe-availability-zones).`,
        ]
      : []),
    ...(inside.length > 0
      ? small.map(
          ({ cidr }) =>
            `The private subnet ${cidr} is too small for the network interfaces of ${inside.length} functions: /${PRIVATE_PREFIX_MAX} or larger.`,
        )
      : []),
  ];
}

/** What is protected against deletion is in production. */
function operatingFaults({ deletion_protection, watching, agent_access, api }: Environment): string[] {
  const faults: string[] = [];
  if (deletion_protection && watching.alarm_email === null)
    faults.push(
      "watching.alarm_email is null: no one would be notified of an alarm. Set an address, or 'none' to say that this is meant.",
    );
  if (deletion_protection && agent_access.kind === 'user')
    faults.push(
      "agent_access 'user' takes a key that does not end: choose 'sso' or 'roles-anywhere', or 'none' until one of them is set up.",
    );
  if (api.domain?.weighted && api.domain.weighted.data === 'separate')
    faults.push(
      'api.domain.weighted would send a caller to two regions whose tables and buckets know nothing of each other: a receipt would be there one time and gone the next. Leave it out, or replicate both and say data: replicated.',
    );
  return faults;
}

/** A redriven dead letter has to find its delta: the latest one is read a message's life after the letter's last day. */
function retentionFaults({ retention }: Environment): string[] {
  const faults: string[] = [];
  if (retention.dead_letter_days <= retention.message_days) {
    faults.push('dead_letter_days has to exceed message_days: a dead letter keeps the age of its message.');
  }
  const needed = 2 * retention.message_days + retention.dead_letter_days;
  if (retention.delta_days < needed) {
    faults.push(
      `delta_days has to be ${needed} or more (message, dead letter, message again): a late redrive would find nothing.`,
    );
  }
  return faults;
}

/** Lambda developer guide, "SQS event source mappings": a larger batch is refused without a window of 1 s or more. */
const UNWINDOWED_BATCH_MAX = 10;

function functionFaults({ functions, efs }: Environment): string[] {
  const faults: string[] = [];
  if (efs && functions.vpc === 'none')
    faults.push("EFS is mounted from inside the VPC only: functions.vpc cannot be 'none'.");
  if (functions.sizes.api.timeout_s > 29) faults.push('api has to end within 29 s: an HTTP API gives up after 30 s.');
  for (const name of FUNCTION_NAMES) {
    const { batch_size, concurrency_reserved, concurrency_provisioned } = functions.sizes[name];
    const queue = queueReadBy(name);
    const window_ms = (queue && QUEUES[queue].batching?.aws.window_ms) ?? 0;
    if (queue && batch_size !== null && batch_size > UNWINDOWED_BATCH_MAX && window_ms === 0) {
      faults.push(
        `${name}: batch_size ${batch_size} needs a batching window, which ${queue} does not have: ${UNWINDOWED_BATCH_MAX} at most.`,
      );
    }
    if (
      concurrency_reserved !== null &&
      concurrency_provisioned !== null &&
      concurrency_provisioned > concurrency_reserved
    ) {
      faults.push(`${name}: concurrency_provisioned exceeds concurrency_reserved.`);
    }
  }
  return faults;
}
