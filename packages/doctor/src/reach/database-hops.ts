import type { Need } from '../needs/need.ts';
import type { Snapshot, Vpc } from '../snapshot/snapshot.ts';
import { followToVpc } from './crossing-hops.ts';
import { groupPassage } from './group-passage.ts';
import { checkAclsBetween, checkEgress, type Sender } from './passages.ts';
import type { Trail } from './path.ts';
import type { SnapshotIndex } from './snapshot-index.ts';

/** A database or cache of the snapshot: in the same VPC, in a peered one, or out of reach. */
export function followDatabase(index: SnapshotIndex, sender: Sender, vpc: Vpc | null, need: Need, trail: Trail): void {
  const database = index.databases.get(need.target_id ?? '');
  if (!database) {
    trail.doubt(`${need.host} is not part of what was collected.`);
    return;
  }
  const cidrs = database.subnet_ids.flatMap((id) => index.subnets.get(id)?.cidr ?? []);
  checkEgress(
    index,
    sender,
    need,
    { cidrs, group_ids: database.group_ids ?? [], prefix_list: null },
    trail,
    database.id,
  );
  trail.hop('database', database.id);
  if (database.vpc_id === null || vpc === null) trail.doubt(`The VPC of ${database.id} is not known.`);
  else if (database.vpc_id === vpc.id) {
    trail.way = 'inside the VPC';
    for (const id of database.subnet_ids) checkAclsBetween(index, sender.subnet_id, id, need.port, trail);
  } else if (!followToVpc(index, sender, vpc, database.vpc_id, cidrs, need, trail)) {
    trail.break({
      rule: 'outside-vpc',
      resources: [need.function_id, database.id],
      evidence: [
        `the function is in ${vpc.id}, ${database.id} in ${database.vpc_id}`,
        'no peering and no transit gateway joins them',
      ],
      facts: { database: database.id, vpc: database.vpc_id, host: need.host },
    });
  }
  checkDatabaseGroup(index, sender, database, need, trail);
}

function checkDatabaseGroup(
  index: SnapshotIndex,
  sender: Sender,
  database: Snapshot['databases'][number],
  need: Need,
  trail: Trail,
): void {
  if (database.group_ids === null) {
    trail.doubt(`The security groups of ${database.id} are not known.`);
    return;
  }
  const own = index.subnets.get(sender.subnet_id)?.cidr;
  const passage = groupPassage(
    index.groupsOf(database.group_ids),
    'ingress',
    need.port,
    { cidrs: own ? [own] : [], group_ids: sender.group_ids ?? [], prefix_list: null },
    index.snapshot.prefix_lists,
  );
  if (passage === 'unknown') trail.doubt(`The ingress rules of ${database.group_ids.join(', ')} are not known.`);
  if (passage !== 'no' && passage !== 'some') return;
  trail.break({
    rule: 'database-group-closed',
    resources: [database.group_ids[0] ?? database.id, database.id],
    evidence: [
      `ingress of ${database.group_ids.join(', ')} admits no TCP ${need.port} from ${sender.group_ids?.join(', ') ?? own}`,
    ],
    facts: {
      database: database.id,
      group: database.group_ids[0] ?? '',
      source: sender.group_ids?.[0] ?? own ?? '',
      port: String(need.port),
    },
  });
}
