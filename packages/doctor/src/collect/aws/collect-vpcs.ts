import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Attempts } from './attempts.ts';
import type { Clients } from './clients.ts';
import { allPages } from './pages.ts';

/** VPCs with their DNS attributes, and the DHCP options that name resolvers. */
export async function collectVpcs(
  { ec2 }: Clients,
  attempts: Attempts,
  ids: readonly string[],
  snapshot: Snapshot,
): Promise<void> {
  const vpcs = await attempts.call(
    'ec2:DescribeVpcs',
    async () => (await ec2.describeVpcs({ Filters: [{ Name: 'vpc-id', Values: [...ids] }] })).Vpcs ?? [],
    [],
  );
  for (const vpc of vpcs) {
    const id = vpc.VpcId ?? '';
    const support = await attempts.call(
      'ec2:DescribeVpcAttribute',
      async () =>
        (await ec2.describeVpcAttribute({ VpcId: id, Attribute: 'enableDnsSupport' })).EnableDnsSupport?.Value ?? null,
      null,
    );
    const names = await attempts.call(
      'ec2:DescribeVpcAttribute',
      async () =>
        (await ec2.describeVpcAttribute({ VpcId: id, Attribute: 'enableDnsHostnames' })).EnableDnsHostnames?.Value ??
        null,
      null,
    );
    snapshot.vpcs.push({
      id,
      cidrs: [
        ...new Set([
          vpc.CidrBlock,
          ...(vpc.CidrBlockAssociationSet ?? [])
            .filter(({ CidrBlockState }) => !/^(disassociat|fail)/.test(CidrBlockState?.State ?? ''))
            .map(({ CidrBlock }) => CidrBlock),
        ]),
      ].flatMap((cidr) => cidr ?? []),
      ipv6_cidrs: (vpc.Ipv6CidrBlockAssociationSet ?? []).flatMap(({ Ipv6CidrBlock }) => Ipv6CidrBlock ?? []),
      dns_support: support,
      dns_hostnames: names,
      dhcp_options_id: vpc.DhcpOptionsId ?? null,
      main_route_table_id: null,
      default_acl_id: null,
      default_group_id: null,
    });
  }
  const options = await attempts.call(
    'ec2:DescribeDhcpOptions',
    () =>
      allPages(async (NextToken) => {
        const page = await ec2.describeDhcpOptions({ ...(NextToken ? { NextToken } : {}) });
        return { items: page.DhcpOptions, next: page.NextToken };
      }),
    [],
  );
  for (const each of options) {
    const valuesOf = (key: string) =>
      (each.DhcpConfigurations ?? [])
        .filter(({ Key }) => Key === key)
        .flatMap(({ Values }) => (Values ?? []).flatMap(({ Value }) => Value ?? []));
    snapshot.dhcp_options.push({
      id: each.DhcpOptionsId ?? '',
      name_servers: valuesOf('domain-name-servers'),
      domain_name: valuesOf('domain-name')[0] ?? null,
    });
  }
}
