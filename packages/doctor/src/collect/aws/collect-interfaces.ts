import type { Filter } from '@aws-sdk/client-ec2';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import { guestOfScript } from '../guest-script.ts';
import type { Attempts } from './attempts.ts';
import type { Clients } from './clients.ts';
import { natInstances } from './nat-instances.ts';
import { allPages } from './pages.ts';

/** Network interfaces: groups, source/destination check, attachment, addresses. */
export async function collectInterfaces(
  { ec2 }: Clients,
  attempts: Attempts,
  Filters: Filter[],
  snapshot: Snapshot,
): Promise<void> {
  const faces = await attempts.call(
    'ec2:DescribeNetworkInterfaces',
    () =>
      allPages(async (NextToken) => {
        const page = await ec2.describeNetworkInterfaces({ Filters, ...(NextToken ? { NextToken } : {}) });
        return { items: page.NetworkInterfaces, next: page.NextToken };
      }),
    null,
  );
  if (faces === null) snapshot.unread.push('interfaces');
  for (const each of faces ?? [])
    snapshot.network_interfaces.push({
      id: each.NetworkInterfaceId ?? '',
      subnet_id: each.SubnetId ?? null,
      group_ids: (each.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
      source_dest_check: each.SourceDestCheck ?? null,
      status: each.Status ?? null,
      instance_id: each.Attachment?.InstanceId ?? null,
      attached:
        each.Status === 'available' ? false : each.Attachment !== undefined || each.Status === 'in-use' ? true : null,
      private_addresses: (each.PrivateIpAddresses ?? []).flatMap(({ PrivateIpAddress }) => PrivateIpAddress ?? []),
      has_public_address: each.Association?.PublicIp !== undefined,
      public_address: each.Association?.PublicIp ?? null,
      kind: each.InterfaceType ?? null,
    });
}

/** Instances with state and status checks; of NATs also what their user data sets up. */
export async function collectInstances(
  { ec2 }: Clients,
  attempts: Attempts,
  Filters: Filter[],
  snapshot: Snapshot,
): Promise<void> {
  const instances = await attempts.call(
    'ec2:DescribeInstances',
    () =>
      allPages(async (NextToken) => {
        const page = await ec2.describeInstances({ Filters, ...(NextToken ? { NextToken } : {}) });
        return { items: page.Reservations, next: page.NextToken };
      }),
    [],
  );
  const statuses = await attempts.call(
    'ec2:DescribeInstanceStatus',
    () =>
      allPages(async (NextToken) => {
        const page = await ec2.describeInstanceStatus({ NextToken });
        return { items: page.InstanceStatuses, next: page.NextToken };
      }),
    [],
  );
  for (const each of instances.flatMap(({ Instances }) => Instances ?? [])) {
    const status = statuses.find(({ InstanceId }) => InstanceId === each.InstanceId);
    const checks = [status?.InstanceStatus?.Status, status?.SystemStatus?.Status].flatMap((one) => one ?? []);
    snapshot.instances.push({
      id: each.InstanceId ?? '',
      type: each.InstanceType ?? null,
      state: each.State?.Name ?? null,
      checks: checks.find((one) => one !== 'ok') ?? checks[0] ?? null,
      subnet_id: each.SubnetId ?? null,
      group_ids: (each.SecurityGroups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
      source_dest_check: each.SourceDestCheck ?? null,
      has_public_address: Boolean(each.PublicIpAddress),
      public_address: each.PublicIpAddress ?? null,
      image: each.ImageId ?? null,
      guest_forwards: null,
      guest_masquerades: null,
      interface_ids: (each.NetworkInterfaces ?? []).flatMap(({ NetworkInterfaceId }) => NetworkInterfaceId ?? []),
    });
  }
  for (const nat of natInstances(snapshot)) Object.assign(nat, await guestOfInstance(ec2, attempts, nat));
}

type Instance = Snapshot['instances'][number];

/** What an instance's image and user data say of its forwarding; null: neither says it. */
async function guestOfInstance(
  ec2: Clients['ec2'],
  attempts: Attempts,
  { id, image }: Instance,
): Promise<Pick<Instance, 'image' | 'guest_forwards' | 'guest_masquerades'>> {
  const [found] = image
    ? await attempts.call(
        'ec2:DescribeImages',
        async () => (await ec2.describeImages({ ImageIds: [image] })).Images ?? [],
        [],
      )
    : [];
  const name = found?.Name ?? image;
  const script = await attempts.call(
    'ec2:DescribeInstanceAttribute',
    async () => (await ec2.describeInstanceAttribute({ InstanceId: id, Attribute: 'userData' })).UserData?.Value ?? '',
    null,
  );
  // Only of Amazon's own images it is known that they do not forward by themselves.
  const isPlain = found?.ImageOwnerAlias === 'amazon';
  const text = script ? Buffer.from(script, 'base64').toString('utf8') : null;
  return { image: name, ...guestOfScript(name, text, isPlain) };
}
