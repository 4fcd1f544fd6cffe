import type { Filter, IpPermission } from '@aws-sdk/client-ec2';
import type { GroupRule, Snapshot } from '../../snapshot/snapshot.ts';
import type { Attempts } from './attempts.ts';
import type { Clients } from './clients.ts';
import { allPages } from './pages.ts';

/** Security groups. */
export async function collectGroups(
  { ec2 }: Clients,
  attempts: Attempts,
  Filters: Filter[],
  snapshot: Snapshot,
): Promise<void> {
  const groups = await attempts.call(
    'ec2:DescribeSecurityGroups',
    () =>
      allPages(async (NextToken) => {
        const page = await ec2.describeSecurityGroups({ Filters, ...(NextToken ? { NextToken } : {}) });
        return { items: page.SecurityGroups, next: page.NextToken };
      }),
    [],
  );
  for (const each of groups) {
    const id = each.GroupId ?? '';
    const vpc = snapshot.vpcs.find((one) => one.id === each.VpcId);
    if (vpc && each.GroupName === 'default') vpc.default_group_id = id;
    snapshot.security_groups.push({
      id,
      vpc_id: each.VpcId ?? null,
      name: each.GroupName ?? id,
      ingress: (each.IpPermissions ?? []).map(ruleOf),
      egress: (each.IpPermissionsEgress ?? []).map(ruleOf),
    });
  }
}

/** Network ACLs: entries with their numbers. */
export async function collectAcls(
  { ec2 }: Clients,
  attempts: Attempts,
  Filters: Filter[],
  snapshot: Snapshot,
): Promise<void> {
  const acls = await attempts.call(
    'ec2:DescribeNetworkAcls',
    () =>
      allPages(async (NextToken) => {
        const page = await ec2.describeNetworkAcls({ Filters, ...(NextToken ? { NextToken } : {}) });
        return { items: page.NetworkAcls, next: page.NextToken };
      }),
    [],
  );
  for (const each of acls) {
    const id = each.NetworkAclId ?? '';
    const vpc = snapshot.vpcs.find((one) => one.id === each.VpcId);
    if (vpc && each.IsDefault) vpc.default_acl_id = id;
    snapshot.network_acls.push({
      id,
      vpc_id: each.VpcId ?? null,
      subnet_ids: (each.Associations ?? []).flatMap(({ SubnetId }) => SubnetId ?? []),
      entries: (each.Entries ?? []).flatMap((entry) => {
        const cidr = entry.CidrBlock ?? entry.Ipv6CidrBlock;
        return cidr
          ? [
              {
                number: entry.RuleNumber ?? 32_767,
                egress: entry.Egress === true,
                allow: entry.RuleAction === 'allow',
                protocol: protocolOf(entry.Protocol),
                from_port: entry.PortRange?.From ?? null,
                to_port: entry.PortRange?.To ?? null,
                cidr,
              },
            ]
          : [];
      }),
    });
  }
}

/** Prefix lists that a route or a rule names. */
export async function collectPrefixLists({ ec2 }: Clients, attempts: Attempts, snapshot: Snapshot): Promise<void> {
  const lists = await attempts.call(
    'ec2:DescribeManagedPrefixLists',
    () =>
      allPages(async (NextToken) => {
        const page = await ec2.describeManagedPrefixLists({ NextToken });
        return { items: page.PrefixLists, next: page.NextToken };
      }),
    [],
  );
  const used = new Set([
    ...snapshot.route_tables.flatMap(({ routes }) => routes.map(({ destination }) => destination)),
    ...snapshot.security_groups.flatMap(({ egress, ingress }) =>
      [...(egress ?? []), ...(ingress ?? [])].flatMap(({ prefix_lists }) => prefix_lists),
    ),
  ]);
  for (const list of lists) {
    const id = list.PrefixListId ?? '';
    if (!used.has(id)) continue;
    const entries = await attempts.call(
      'ec2:GetManagedPrefixListEntries',
      () =>
        allPages(async (NextToken) => {
          const page = await ec2.getManagedPrefixListEntries({ PrefixListId: id, NextToken });
          return { items: page.Entries, next: page.NextToken };
        }),
      [],
    );
    snapshot.prefix_lists.push({
      id,
      name: list.PrefixListName ?? id,
      cidrs: entries.flatMap(({ Cidr }) => Cidr ?? []),
    });
  }
}

function ruleOf(permission: IpPermission): GroupRule {
  const protocol = protocolOf(permission.IpProtocol);
  return {
    protocol,
    from_port: protocol === '-1' ? null : (permission.FromPort ?? null),
    to_port: protocol === '-1' ? null : (permission.ToPort ?? null),
    cidrs: [
      ...(permission.IpRanges ?? []).flatMap(({ CidrIp }) => CidrIp ?? []),
      ...(permission.Ipv6Ranges ?? []).flatMap(({ CidrIpv6 }) => CidrIpv6 ?? []),
    ],
    groups: (permission.UserIdGroupPairs ?? []).flatMap(({ GroupId }) => GroupId ?? []),
    prefix_lists: (permission.PrefixListIds ?? []).flatMap(({ PrefixListId }) => PrefixListId ?? []),
    partly_unknown: false,
  };
}

const PROTOCOLS: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp', all: '-1' };

function protocolOf(protocol: string | undefined): string {
  const name = (protocol ?? '-1').toLowerCase();
  return PROTOCOLS[name] ?? name;
}
