import type { Environment, ExistingNetwork } from '../environments/environment.ts';
import { needsNat } from '../environments/network-needs.ts';
import { vpcFunctions } from '../environments/vpc-functions.ts';
import type { EnvironmentState } from '../state/environment-state.ts';

/** What AWS says of an account and region; null where it may not be asked, with why. */
export interface AccountFacts {
  readonly accountId: string;
  readonly arn: string;
  /** Ids of the region's zones that this account may use. */
  readonly zoneIds: readonly string[] | Unknown;
  readonly concurrency: { readonly limit: number; readonly unreserved: number } | Unknown;
  readonly addresses: { readonly quota: number; readonly used: number } | Unknown;
  readonly vpcs: { readonly quota: number; readonly used: number } | Unknown;
  /** Of an existing network's subnets, those that are there; empty for a new network. */
  readonly subnets: readonly SubnetFacts[] | Unknown;
  /** Whether the stack's own network stands already, and is counted above. */
  readonly isDeployed: boolean;
}
export interface SubnetFacts {
  readonly id: string;
  readonly vpcId: string;
  readonly zoneId: string;
  readonly freeAddresses: number;
}
export interface Unknown {
  readonly unknown: string;
}

export interface Check {
  readonly check: string;
  /** null: could not be asked. */
  readonly ok: boolean | null;
  readonly detail: string;
}

/** Lambda keeps the last hundred unreserved (Lambda developer guide, "Reserved concurrency"). */
const UNRESERVED_MIN = 100;

/** What would end a deploy in its midst, said before it begins. */
export function preflight(
  environment: Environment,
  state: Pick<EnvironmentState, 'account_id'> | null,
  facts: AccountFacts,
): Check[] {
  return [
    identity(state, facts),
    zones(environment, facts),
    concurrency(environment, facts),
    ...(environment.network.kind === 'existing' ? [existingSubnets(environment, environment.network, facts)] : []),
    ...(environment.network.kind === 'new' ? [room('VPCs', 1, facts.vpcs, facts, 'VPC, L-F678F1CE')] : []),
    ...(environment.network.kind === 'new' && environment.nat.kind !== 'none' && needsNat(environment)
      ? [room('Elastic IP addresses', 1, facts.addresses, facts, 'EC2, L-0263D0A3')]
      : []),
  ];
}

function identity(state: Pick<EnvironmentState, 'account_id'> | null, { accountId, arn }: AccountFacts): Check {
  const check = 'account';
  if (state !== null && state.account_id !== accountId)
    return {
      check,
      ok: false,
      detail: `These credentials (${arn}) are of account ${accountId}; this environment lives in ${state.account_id}: choose its profile (--profile).`,
    };
  return { check, ok: true, detail: `${accountId}, as ${arn}` };
}

function zones({ network, region }: Environment, { zoneIds }: AccountFacts): Check {
  const check = 'zones';
  if ('unknown' in zoneIds) return { check, ok: null, detail: zoneIds.unknown };
  if (network.kind !== 'new') return { check, ok: true, detail: 'the network is there already' };
  const wanted = [...new Set([...network.public_subnets, ...network.private_subnets].map(({ zone_id }) => zone_id))];
  const missing = wanted.filter((zone) => !zoneIds.includes(zone));
  return missing.length === 0
    ? { check, ok: true, detail: wanted.join(', ') }
    : {
        check,
        ok: false,
        detail: `This account has no ${missing.join(', ')} in ${region}; it has ${zoneIds.join(', ')}. Name two of those in environments/.`,
      };
}

/** For interfaces of functions, endpoints and mount targets, and as many again while their settings change. */
const FREE_ADDRESSES_MIN = 8;

function existingSubnets(environment: Environment, network: ExistingNetwork, { subnets }: AccountFacts): Check {
  const check = 'subnets';
  if ('unknown' in subnets) return { check, ok: null, detail: subnets.unknown };
  const isUsed = vpcFunctions(environment).length > 0;
  const missing = network.subnet_ids.filter((id) => !subnets.some((subnet) => subnet.id === id));
  const elsewhere = subnets.filter(({ vpcId }) => vpcId !== network.vpc_id);
  const full = subnets.filter(({ freeAddresses }) => isUsed && freeAddresses < FREE_ADDRESSES_MIN);
  const zones = subnets.map(({ zoneId }) => zoneId);
  const ids = (found: readonly SubnetFacts[]) => found.map(({ id }) => id).join(', ');
  const faults = [
    ...(missing.length > 0 ? [`there is no ${missing.join(', ')} in ${environment.region}`] : []),
    ...(elsewhere.length > 0 ? [`${ids(elsewhere)} lie outside of ${network.vpc_id}`] : []),
    ...(full.length > 0 ? [`${ids(full)} have fewer than ${FREE_ADDRESSES_MIN} free addresses`] : []),
    ...(environment.efs && new Set(zones).size < zones.length
      ? [`two of them share a zone (${zones.join(', ')}), and EFS takes one mount target a zone`]
      : []),
  ];
  return faults.length === 0
    ? { check, ok: true, detail: `${network.subnet_ids.join(', ')} in ${network.vpc_id}` }
    : { check, ok: false, detail: `${faults.join('; ')}: name others in environments/${environment.name}.ts.` };
}

function concurrency({ functions }: Environment, { concurrency: found }: AccountFacts): Check {
  const check = 'Lambda concurrency';
  if ('unknown' in found) return { check, ok: null, detail: found.unknown };
  // What is provisioned lies within what is reserved, where both are; alone it is taken out of the account as well.
  const reserved = Object.values(functions.sizes).reduce(
    (sum, { concurrency_reserved, concurrency_provisioned }) =>
      sum + (concurrency_reserved ?? concurrency_provisioned ?? 0),
    0,
  );
  const { limit } = found;
  if (reserved > 0 && limit - reserved < UNRESERVED_MIN)
    return {
      check,
      ok: false,
      detail: `${reserved} of this account's ${limit} concurrent executions would be reserved, and ${UNRESERVED_MIN} have to stay free: ask for more (Service Quotas, Lambda, L-B99A9384), or set concurrency_reserved and concurrency_provisioned to null in environments/function-sizes.ts.`,
    };
  const advice =
    limit < UNRESERVED_MIN ? '; a burst will be throttled: ask for 1,000 (Service Quotas, Lambda, L-B99A9384)' : '';
  return { check, ok: true, detail: `${limit} at a time, ${reserved} reserved${advice}` };
}

function room(
  what: string,
  needed: number,
  found: { readonly quota: number; readonly used: number } | Unknown,
  { isDeployed }: AccountFacts,
  quota: string,
): Check {
  if ('unknown' in found) return { check: what, ok: null, detail: found.unknown };
  if (isDeployed || found.used + needed <= found.quota)
    return { check: what, ok: true, detail: `${found.used} of ${found.quota} in use` };
  return {
    check: what,
    ok: false,
    detail: `${found.used} of ${found.quota} are in use, and ${needed} more is needed: release one, or ask for more (Service Quotas, ${quota}).`,
  };
}
