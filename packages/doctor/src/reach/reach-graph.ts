import type { Need } from '../needs/need.ts';
import type { LambdaFunction, Vpc } from '../snapshot/snapshot.ts';
import { followPrivate } from './address-hops.ts';
import { followDatabase } from './database-hops.ts';
import { followInterfaceEndpoint } from './endpoint-hops.ts';
import { followFiles } from './file-hops.ts';
import { interfaceEndpoints, resolveName } from './name-resolution.ts';
import type { Sender } from './passages.ts';
import { type Path, Trail } from './path.ts';
import { followPublic } from './public-hops.ts';
import type { SnapshotIndex } from './snapshot-index.ts';

/** Every function's way to everything that it needs, from each of its subnets. */
export function reachGraph(index: SnapshotIndex, needs: ReadonlyMap<string, readonly Need[]>): Path[] {
  const known = new Map<string, Trail>();
  return index.snapshot.functions.flatMap((fn) => {
    const own = needs.get(fn.id) ?? [];
    return own.flatMap((need) => pathsOf(index, fn, need, own, known));
  });
}

function pathsOf(
  index: SnapshotIndex,
  fn: LambdaFunction,
  need: Need,
  siblings: readonly Need[],
  known: Map<string, Trail>,
): Path[] {
  if (fn.vpc === null) return [pathOf(fn.id, null, need, outside(index, fn, need))];
  const subnets = fn.vpc.subnet_ids;
  if (subnets === null || subnets.length === 0) {
    const trail = new Trail();
    trail.doubt(`The subnets of ${fn.name} are not known.`);
    return [pathOf(fn.id, null, need, trail)];
  }
  return subnets.map((subnet) => {
    // Functions that share groups, subnet and destination share the way: a policy may still tell them apart.
    const key = [
      subnet,
      fn.vpc?.group_ids?.toSorted().join(),
      need.host,
      need.port,
      need.actions.join(),
      need.resources.join(),
      fn.vpc?.ipv6_allowed,
      need.kind === 'database' ? fn.id : '',
      siblings.some(({ kind }) => kind === 'host'),
    ].join(' ');
    let trail = known.get(key);
    if (!trail) {
      trail = follow(
        index,
        { function_id: fn.id, subnet_id: subnet, group_ids: fn.vpc?.group_ids ?? null },
        fn,
        need,
        siblings,
      );
      known.set(key, trail);
    }
    return pathOf(fn.id, subnet, need, trail);
  });
}

function pathOf(functionId: string, subnetId: string | null, need: Need, trail: Trail): Path {
  return {
    function_id: functionId,
    subnet_id: subnetId,
    need,
    way: trail.way,
    way_id: trail.wayId,
    verdict: trail.verdict(),
    hops: trail.hops,
    breaks: trail.breaks,
    unknown: trail.unknown,
  };
}

/** A function outside of any VPC has the internet, and nothing private. */
function outside(index: SnapshotIndex, fn: LambdaFunction, need: Need): Trail {
  const trail = new Trail();
  trail.way = 'outside the VPC';
  const database = index.databases.get(need.target_id ?? '');
  if (database && database.public !== true) {
    if (database.public === null) trail.doubt(`Whether ${database.id} is public is not known.`);
    else
      trail.break({
        rule: 'outside-vpc',
        resources: [fn.id, database.id],
        evidence: [
          `${fn.name} has no VPC configuration; ${database.id} is in ${database.vpc_id ?? 'a VPC'} and not public`,
        ],
        facts: { database: database.id, vpc: database.vpc_id ?? '', host: need.host },
      });
  }
  if (need.kind === 'file_system')
    trail.break({
      rule: 'no-mount-target',
      resources: [fn.id, need.host],
      evidence: [`${fn.name} mounts ${need.host} and has no VPC configuration`],
      facts: { files: need.host, zone: '', subnet: '' },
      causes: [9],
    });
  return trail;
}

function follow(
  index: SnapshotIndex,
  sender: Sender,
  fn: LambdaFunction,
  need: Need,
  siblings: readonly Need[],
): Trail {
  const trail = new Trail();
  const vpc =
    index.vpcOf(sender.subnet_id) ??
    (fn.vpc?.vpc_id ? (index.vpcs.get(fn.vpc.vpc_id) ?? unseenVpc(fn.vpc.vpc_id)) : null);
  trail.hop('subnet', sender.subnet_id);
  if (need.kind === 'file_system') {
    followFiles(index, sender, vpc, need, trail);
    return trail;
  }
  const resolution = resolveName(index, { subnet_id: sender.subnet_id, vpc, group_ids: sender.group_ids }, need, trail);
  switch (resolution.kind) {
    case 'endpoint':
      if (resolution.endpoint.type === 'Interface')
        followInterfaceEndpoint(index, sender, resolution.endpoint, need, trail);
      return trail;
    case 'private':
      if (need.kind === 'database' && resolution.addresses.length === 0)
        followDatabase(index, sender, vpc, need, trail);
      else followPrivate(index, sender, vpc, resolution.addresses, need, trail);
      return trail;
    case 'public':
      followPublic(index, sender, vpc, fn, need, siblings, trail);
      lookAtPassedEndpoints(index, sender, vpc, need, trail);
      return trail;
  }
}

/** Endpoints of the service that names do not lead to: once they do, what is wrong with them is next. */
function lookAtPassedEndpoints(index: SnapshotIndex, sender: Sender, vpc: Vpc | null, need: Need, trail: Trail): void {
  if (need.region !== null && need.region !== index.snapshot.region) return;
  for (const endpoint of interfaceEndpoints(index, vpc?.id ?? null, need.service)) {
    const aside = new Trail();
    followInterfaceEndpoint(index, sender, endpoint, need, aside);
    for (const found of aside.breaks) trail.break({ ...found, soft: true });
  }
}

/** A VPC that somebody else keeps: only what this stack puts into it is known. */
function unseenVpc(id: string): Vpc {
  return {
    id,
    cidrs: null,
    ipv6_cidrs: [],
    dns_support: null,
    dns_hostnames: null,
    dhcp_options_id: null,
    main_route_table_id: null,
    default_acl_id: null,
    default_group_id: null,
  };
}
