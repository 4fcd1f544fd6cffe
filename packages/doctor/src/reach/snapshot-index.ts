import type {
  Endpoint,
  LambdaFunction,
  RouteTable,
  SecurityGroup,
  Snapshot,
  Subnet,
  Vpc,
} from '../snapshot/snapshot.ts';

/** A snapshot by id, and the associations that AWS makes by itself. */
export class SnapshotIndex {
  readonly snapshot: Snapshot;
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly vpcs: ReadonlyMap<string, Vpc>;
  readonly groups: ReadonlyMap<string, SecurityGroup>;
  readonly databases: ReadonlyMap<string, Snapshot['databases'][number]>;
  readonly #tables: ReadonlyMap<string, RouteTable>;
  readonly #tableOfSubnet = new Map<string, RouteTable>();
  readonly #acls: ReadonlyMap<string, Snapshot['network_acls'][number]>;
  readonly #aclOfSubnet = new Map<string, Snapshot['network_acls'][number]>();
  readonly #endpointsOfVpc = new Map<string, Endpoint[]>();

  constructor(snapshot: Snapshot) {
    this.snapshot = snapshot;
    this.functions = byId(snapshot.functions);
    this.subnets = byId(snapshot.subnets);
    this.vpcs = byId(snapshot.vpcs);
    this.groups = byId(snapshot.security_groups);
    this.databases = byId(snapshot.databases);
    this.#tables = byId(snapshot.route_tables);
    this.#acls = byId(snapshot.network_acls);
    for (const table of snapshot.route_tables) for (const id of table.subnet_ids) this.#tableOfSubnet.set(id, table);
    for (const acl of snapshot.network_acls) for (const id of acl.subnet_ids) this.#aclOfSubnet.set(id, acl);
    for (const endpoint of snapshot.endpoints) {
      const vpc = endpoint.vpc_id ?? '';
      this.#endpointsOfVpc.set(vpc, [...(this.#endpointsOfVpc.get(vpc) ?? []), endpoint]);
    }
  }

  /** The subnet's own table, else its VPC's main one; null: not known. */
  tableOf(subnetId: string): RouteTable | null {
    const own = this.#tableOfSubnet.get(subnetId);
    if (own) return own;
    const vpc = this.vpcOf(subnetId);
    return vpc?.main_route_table_id ? (this.#tables.get(vpc.main_route_table_id) ?? null) : null;
  }

  table(id: string): RouteTable | null {
    return this.#tables.get(id) ?? null;
  }

  aclOf(subnetId: string): Snapshot['network_acls'][number] | null {
    const own = this.#aclOfSubnet.get(subnetId);
    if (own) return own;
    const vpc = this.vpcOf(subnetId);
    return vpc?.default_acl_id ? (this.#acls.get(vpc.default_acl_id) ?? null) : null;
  }

  vpcOf(subnetId: string): Vpc | null {
    const id = this.subnets.get(subnetId)?.vpc_id;
    return id ? (this.vpcs.get(id) ?? null) : null;
  }

  endpointsOf(vpcId: string | null): readonly Endpoint[] {
    return vpcId === null ? [] : (this.#endpointsOfVpc.get(vpcId) ?? []);
  }

  /** null in the list: a group that is not in the snapshot. */
  groupsOf(ids: readonly string[]): (SecurityGroup | null)[] {
    return ids.map((id) => this.groups.get(id) ?? null);
  }
}

function byId<T extends { readonly id: string }>(list: readonly T[]): ReadonlyMap<string, T> {
  return new Map(list.map((each) => [each.id, each]));
}
