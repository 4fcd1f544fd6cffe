import type { Snapshot } from '../../snapshot/snapshot.ts';
import { guestOfScript } from '../guest-script.ts';
import { text } from './computed-attribute.ts';
import { objectOf } from './functions.ts';
import type { Resource } from './resource.ts';
import { flagOf, type StackReader } from './stack-reader.ts';
import { hasUnknown, isUnknown } from './unknown-value.ts';

const SUBNET = ['aws_subnet', 'aws_default_subnet'] as const;
const GROUP = ['aws_security_group', 'aws_default_security_group'] as const;

/** Network interfaces, and instances that may be NATs: their own and those that an Auto Scaling group keeps. */
export function readCompute(reader: StackReader, snapshot: Snapshot): void {
  const addressed = publicTargets(reader);
  const attached = attachments(reader);
  readInstances(reader, snapshot, addressed);
  for (const resource of reader.all('aws_network_interface')) {
    const inline = reader.blocks(resource, 'attachment').map((block) => reader.id(block.instance, 'aws_instance'))[0];
    const instance = inline ?? attached.get(resource.address) ?? null;
    snapshot.network_interfaces.push({
      id: resource.address,
      subnet_id: reader.id(resource.attribute('subnet_id'), ...SUBNET),
      group_ids: resource.declares('security_groups') ? groupsWithAttachments(reader, resource) : null,
      source_dest_check: reader.flag(resource, 'source_dest_check', true),
      status: null,
      instance_id: instance,
      attached: instance !== null ? true : mayBeAttachedLater(reader, resource) ? null : false,
      private_addresses: [],
      has_public_address: addressed.has(resource.address) || (instance !== null && addressed.has(instance)),
      public_address: null,
      kind: 'interface',
    });
  }
  readScalingGroups(reader, snapshot);
}

/** Security groups of the interface, and those that a resource of its own puts on it. */
function groupsWithAttachments(reader: StackReader, resource: Resource): string[] | null {
  const own = reader.ids(resource.attribute('security_groups'), ...GROUP);
  const more = reader
    .all('aws_network_interface_sg_attachment')
    .filter((each) => reader.id(each.attribute('network_interface_id'), 'aws_network_interface') === resource.address)
    .flatMap((each) => reader.id(each.attribute('security_group_id'), ...GROUP) ?? []);
  return own === null ? null : [...own, ...more];
}

function publicTargets(reader: StackReader): ReadonlySet<string> {
  const targets = new Set<string>();
  for (const [type, ...attributes] of [
    ['aws_eip', 'instance', 'network_interface'],
    ['aws_eip_association', 'instance_id', 'network_interface_id'],
  ] as const)
    for (const resource of reader.all(type))
      for (const attribute of attributes) {
        const id = resource.declares(attribute)
          ? reader.id(resource.attribute(attribute), 'aws_instance', 'aws_network_interface')
          : null;
        if (id !== null) targets.add(id.replace(/\.primary_interface$/, ''));
      }
  return targets;
}

function attachments(reader: StackReader): ReadonlyMap<string, string> {
  const made = new Map<string, string>();
  for (const each of reader.all('aws_network_interface_attachment')) {
    const [face, instance] = [
      reader.id(each.attribute('network_interface_id'), 'aws_network_interface'),
      reader.id(each.attribute('instance_id'), 'aws_instance'),
    ];
    if (face !== null && instance !== null) made.set(face, instance);
  }
  for (const instance of reader.all('aws_instance'))
    for (const name of ['network_interface', 'primary_network_interface'])
      for (const block of reader.blocks(instance, name)) {
        const face = reader.id(block.network_interface_id, 'aws_network_interface');
        if (face !== null) made.set(face, instance.address);
      }
  for (const template of reader.all('aws_launch_template'))
    for (const block of reader.blocks(template, 'network_interfaces')) {
      const face = reader.id(block.network_interface_id, 'aws_network_interface');
      if (face !== null) made.set(face, template.address);
    }
  return made;
}

/** Something in the stack may attach it while it runs: a role that may, or an Auto Scaling group at all. */
function mayBeAttachedLater(reader: StackReader, resource: Resource): boolean {
  if (reader.all('aws_autoscaling_group').length > 0) return true;
  return reader
    .all('aws_iam_role_policy')
    .some(
      (policy) =>
        JSON.stringify(policy.attribute('policy'))?.includes('ec2:AttachNetworkInterface') &&
        resource.mode === 'managed',
    );
}

function readInstances(reader: StackReader, snapshot: Snapshot, addressed: ReadonlySet<string>): void {
  for (const instance of reader.all('aws_instance')) {
    const { address } = instance;
    const subnet = instance.declares('subnet_id') ? reader.id(instance.attribute('subnet_id'), ...SUBNET) : null;
    const faces = reader
      .blocks(instance, 'network_interface')
      .flatMap((block) => reader.id(block.network_interface_id, 'aws_network_interface') ?? []);
    const groups = instance.declares('vpc_security_group_ids')
      ? reader.ids(instance.attribute('vpc_security_group_ids'), ...GROUP)
      : instance.declares('security_groups')
        ? reader.ids(instance.attribute('security_groups'), ...GROUP)
        : defaultGroups(snapshot, subnet);
    const isPublic = instance.declares('associate_public_ip_address')
      ? flagOf(instance.attribute('associate_public_ip_address'))
      : mapsPublic(reader, subnet);
    const hasAddress = addressed.has(address) || faces.some((face) => addressed.has(face)) ? true : isPublic;
    const check = reader.flag(instance, 'source_dest_check', true);
    const primary = `${address}.primary_interface`;
    snapshot.instances.push({
      id: address,
      type: reader.text(instance, 'instance_type'),
      state: 'running',
      checks: null,
      subnet_id: subnet,
      group_ids: groups,
      source_dest_check: check,
      has_public_address: hasAddress,
      public_address: null,
      image: imageOf(reader, instance, 'ami'),
      ...guestOf(reader, instance, 'ami'),
      interface_ids: faces.length > 0 ? faces : [primary],
    });
    if (faces.length === 0)
      snapshot.network_interfaces.push({
        id: primary,
        subnet_id: subnet,
        group_ids: groups,
        source_dest_check: check,
        status: 'in-use',
        instance_id: address,
        attached: true,
        private_addresses: [],
        has_public_address: hasAddress,
        public_address: null,
        kind: 'interface',
      });
  }
}

function defaultGroups(snapshot: Snapshot, subnet: string | null): string[] | null {
  const vpc = snapshot.subnets.find(({ id }) => id === subnet)?.vpc_id;
  return vpc ? [`${vpc}.default_group`] : null;
}

function mapsPublic(reader: StackReader, subnet: string | null): boolean | null {
  const resource = subnet === null ? null : reader.at(subnet);
  if (resource === null) return null;
  return reader.flag(resource, 'map_public_ip_on_launch', resource.type === 'aws_default_subnet');
}

/** Instances behind launch templates: they take an interface over that stands by itself. */
function readScalingGroups(reader: StackReader, snapshot: Snapshot): void {
  for (const group of reader.all('aws_autoscaling_group')) {
    const used = reader
      .blocks(group, 'launch_template')
      .map((block) => reader.id(block.id ?? block.name, 'aws_launch_template'))[0];
    const template = used ? reader.at(used) : null;
    if (!template) continue;
    const guest = guestOf(reader, template, 'image_id');
    const loose = snapshot.network_interfaces.filter(({ attached }) => attached === null);
    const faces = loose.filter(({ id }) => namesInterface(reader, template, id));
    snapshot.instances.push({
      id: group.address,
      type: reader.text(template, 'instance_type'),
      state:
        reader.number(group, 'desired_capacity') === 0 && reader.number(group, 'max_size') === 0 ? 'stopped' : null,
      checks: null,
      subnet_id: reader.ids(group.attribute('vpc_zone_identifier'), ...SUBNET)?.[0] ?? null,
      group_ids: null,
      source_dest_check: null,
      has_public_address: null,
      public_address: null,
      image: imageOf(reader, template, 'image_id'),
      ...guest,
      interface_ids: (faces.length > 0 ? faces : loose.length === 1 ? loose : []).map(({ id }) => id),
    });
  }
}

function namesInterface(reader: StackReader, template: Resource, id: string): boolean {
  const { text: script, references } = scriptOf(template);
  return (
    script?.includes(id) === true ||
    references.some((reference) => reference.startsWith(id) || reader.canonical(reference) === id)
  );
}

function scriptOf(resource: Resource): { text: string | null; references: readonly string[]; given: boolean } {
  for (const name of ['user_data', 'user_data_base64']) {
    if (!resource.declares(name)) continue;
    const value = resource.attribute(name);
    // Part of it is known after apply only; what it does stands in the configuration.
    if (isUnknown(value)) return { text: resource.written(name), references: value.references, given: true };
    const planned = text(value);
    if (planned === null) continue;
    // A plan keeps a hash of user data; what it is of stands in the configuration.
    const known = /^[0-9a-f]{40}$/.test(planned) ? (resource.written(name) ?? planned) : planned;
    const isEncoded =
      name === 'user_data_base64' || (resource.type === 'aws_launch_template' && /^[A-Za-z0-9+/=\s]+$/.test(known));
    return { text: isEncoded ? Buffer.from(known, 'base64').toString('utf8') : known, references: [], given: true };
  }
  return { text: null, references: [], given: false };
}

function guestOf(reader: StackReader, resource: Resource, image: string) {
  return guestOfScript(imageOf(reader, resource, image), scriptOf(resource).text);
}

/** Id or, where a data source finds it, the name that it looks for. */
function imageOf(reader: StackReader, resource: Resource, attribute: string): string | null {
  const value = resource.declares(attribute) ? resource.attribute(attribute) : null;
  const known = text(value);
  if (known !== null && !hasUnknown(value)) {
    const source = reader.at(known);
    return source
      ? JSON.stringify(objectOf({ filter: source.attribute('filter'), name: source.attribute('name_regex') }))
      : known;
  }
  if (!isUnknown(value)) return null;
  const [source] = value.references.flatMap((reference) => reader.stack.referred(reference));
  return source
    ? `${source.address} ${JSON.stringify(source.declares('filter') ? source.attribute('filter') : '')}`
    : null;
}
