import type { AclEntry, GroupRule, Snapshot } from '../../snapshot/snapshot.ts';
import { text } from './computed-attribute.ts';
import { objectOf } from './functions.ts';
import { modulePrefix, type Resource } from './resource.ts';
import { flagOf, numberOf, type StackReader, textsOf } from './stack-reader.ts';
import { hasUnknown, isUnknown } from './unknown-value.ts';

const GROUP = 'aws_security_group';

/** Security groups with their rules, wherever those are written, and network ACLs. */
export function readGroups(reader: StackReader, snapshot: Snapshot): void {
  readSecurityGroups(reader, snapshot);
  readAcls(reader, snapshot);
  readPrefixLists(reader, snapshot);
}

type Direction = 'ingress' | 'egress';
const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];

function readSecurityGroups(reader: StackReader, snapshot: Snapshot): void {
  const groups = new Map<string, { vpc: string | null; name: string; rules: Record<Direction, GroupRule[] | null> }>();
  for (const vpc of snapshot.vpcs) {
    const id = `${vpc.id}.default_group`;
    // As AWS makes it: its members among themselves, and everything out.
    groups.set(id, {
      vpc: vpc.id,
      name: 'default',
      rules: {
        ingress: [rule('-1', null, null, { groups: [id] })],
        egress: [rule('-1', null, null, { cidrs: ['0.0.0.0/0'] })],
      },
    });
  }
  for (const resource of [...reader.all('aws_default_security_group'), ...reader.all(GROUP)]) {
    const id = reader.canonical(resource.address);
    groups.set(id, {
      vpc: reader.id(resource.attribute('vpc_id'), 'aws_vpc', 'aws_default_vpc'),
      name: reader.text(resource, 'name') ?? resource.address,
      rules: {
        ingress: inlineRules(reader, resource, 'ingress', id),
        egress: inlineRules(reader, resource, 'egress', id),
      },
    });
  }
  const put = (id: string | null, direction: Direction, made: GroupRule, from: Resource) => {
    if (id !== null) groups.get(id)?.rules[direction]?.push(made);
    // Any group of the same module may have it.
    else
      for (const [each, { rules }] of groups)
        if (modulePrefix(each) === modulePrefix(from.address))
          rules[direction]?.push({ ...made, partly_unknown: true });
  };
  for (const resource of reader.all('aws_security_group_rule')) {
    const get = (name: string) => (resource.declares(name) ? resource.attribute(name) : null);
    const id = reader.id(get('security_group_id'), GROUP, 'aws_default_security_group');
    put(
      id,
      text(get('type')) === 'egress' ? 'egress' : 'ingress',
      oldRule(reader, get, id, 'source_security_group_id'),
      resource,
    );
  }
  for (const direction of DIRECTIONS)
    for (const resource of reader.all(`aws_vpc_security_group_${direction}_rule`)) {
      const id = reader.id(resource.attribute('security_group_id'), GROUP, 'aws_default_security_group');
      put(id, direction, newRule(reader, resource), resource);
    }
  for (const [id, { vpc, name, rules }] of groups)
    snapshot.security_groups.push({ id, vpc_id: vpc, name, ingress: rules.ingress, egress: rules.egress });
}

/** Terraform takes away AWS's own "everything out": no rule means that nothing passes. */
function inlineRules(reader: StackReader, resource: Resource, direction: Direction, id: string): GroupRule[] | null {
  if (!resource.declares(direction)) return [];
  const value = resource.attribute(direction);
  if (isUnknown(value)) return value.references.length > 0 ? null : [];
  if (value === null) return [];
  // One reference stands for a list of rules that is not known.
  if (typeof value === 'string') return null;
  return (Array.isArray(value) ? value : [value]).map((each) => {
    if (isUnknown(each)) return rule('-1', null, null, {}, true);
    const block = objectOf(each);
    return oldRule(reader, (name) => block[name], id, 'security_groups');
  });
}

function oldRule(reader: StackReader, get: (name: string) => unknown, self: string | null, source: string): GroupRule {
  const groups = idsOrUnknown(reader, get(source), GROUP, 'aws_default_security_group');
  const lists = idsOrUnknown(reader, get('prefix_list_ids'));
  const cidrs = cidrsOf(reader, get('cidr_blocks'));
  const protocol = text(get('protocol'))?.toLowerCase() ?? '-1';
  const isAll = protocol === '-1' || protocol === 'all';
  return rule(
    isAll ? '-1' : protocolName(protocol),
    isAll ? null : numberOf(get('from_port')),
    isAll ? null : numberOf(get('to_port')),
    {
      cidrs: [...cidrs.known, ...textsOf(get('ipv6_cidr_blocks'))],
      groups: [...groups.known, ...(flagOf(get('self')) === true && self !== null ? [self] : [])],
      lists: lists.known,
    },
    groups.unknown || lists.unknown || cidrs.unknown,
  );
}

function newRule(reader: StackReader, resource: Resource): GroupRule {
  const get = (name: string) => (resource.declares(name) ? resource.attribute(name) : null);
  const groups = idsOrUnknown(reader, get('referenced_security_group_id'), GROUP, 'aws_default_security_group');
  const lists = idsOrUnknown(reader, get('prefix_list_id'));
  const cidrs = cidrsOf(reader, get('cidr_ipv4'));
  const protocol = text(get('ip_protocol'))?.toLowerCase() ?? '-1';
  const isAll = protocol === '-1' || protocol === 'all';
  return rule(
    isAll ? '-1' : protocolName(protocol),
    isAll ? null : numberOf(get('from_port')),
    isAll ? null : numberOf(get('to_port')),
    {
      cidrs: [...cidrs.known, ...textsOf(get('cidr_ipv6'))],
      groups: groups.known,
      lists: lists.known,
    },
    groups.unknown || lists.unknown || cidrs.unknown,
  );
}

/** A range may be another resource's attribute, which a plan of HCL names without its value. */
function cidrsOf(reader: StackReader, value: unknown): { known: string[]; unknown: boolean } {
  if (value === null || value === undefined) return { known: [], unknown: false };
  const list = Array.isArray(value) ? value : [value];
  const known: string[] = [];
  let unknown = false;
  for (const each of list) {
    if (!isUnknown(each)) {
      known.push(...textsOf(each));
      continue;
    }
    const ranges = each.references.flatMap((reference) =>
      reader.stack.referred(reference).flatMap((resource) => text(resource.attribute('cidr_block')) ?? []),
    );
    if (ranges.length > 0) known.push(...ranges);
    else unknown = true;
  }
  return { known, unknown };
}

function idsOrUnknown(reader: StackReader, value: unknown, ...types: string[]): { known: string[]; unknown: boolean } {
  if (value === null || value === undefined) return { known: [], unknown: false };
  const ids = reader.ids(value, ...types);
  if (ids !== null) return { known: ids, unknown: false };
  // References to other types only: this list itself is known to be empty or of this type no member.
  return { known: [], unknown: hasUnknown(value) };
}

function rule(
  protocol: string,
  from: number | null,
  to: number | null,
  from_: { cidrs?: string[]; groups?: string[]; lists?: string[] },
  partlyUnknown = false,
): GroupRule {
  return {
    protocol,
    from_port: from,
    to_port: to,
    cidrs: from_.cidrs ?? [],
    groups: from_.groups ?? [],
    prefix_lists: from_.lists ?? [],
    partly_unknown: partlyUnknown,
  };
}

const NUMBERS: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp' };

function protocolName(protocol: string): string {
  return NUMBERS[protocol] ?? protocol.toLowerCase();
}

function readAcls(reader: StackReader, snapshot: Snapshot): void {
  const acls = new Map<string, { vpc: string | null; subnets: string[]; entries: AclEntry[] | null }>();
  for (const vpc of snapshot.vpcs)
    acls.set(`${vpc.id}.default_acl`, { vpc: vpc.id, subnets: [], entries: [entry(100, true), entry(100, false)] });
  for (const resource of [...reader.all('aws_default_network_acl'), ...reader.all('aws_network_acl')]) {
    const id = reader.canonical(resource.address);
    const vpc = acls.get(id)?.vpc ?? reader.id(resource.attribute('vpc_id'), 'aws_vpc', 'aws_default_vpc');
    acls.set(id, {
      vpc,
      subnets: resource.declares('subnet_ids')
        ? (reader.ids(resource.attribute('subnet_ids'), 'aws_subnet') ?? [])
        : [],
      entries: inlineEntries(reader, resource),
    });
  }
  for (const resource of reader.all('aws_network_acl_rule')) {
    const id = reader.id(resource.attribute('network_acl_id'), 'aws_network_acl', 'aws_default_network_acl');
    const get = (name: string) => (resource.declares(name) ? resource.attribute(name) : null);
    const made = entryOf(get, flagOf(get('egress')) === true, 'rule_number', 'rule_action');
    const own = id === null ? undefined : acls.get(id);
    if (own && made) own.entries?.push(made);
    // A range that is not known, or an ACL of the same module: what passes is not known.
    else
      for (const [each, acl] of acls)
        if (acl === own || (id === null && modulePrefix(each) === modulePrefix(resource.address))) acl.entries = null;
  }
  for (const resource of reader.all('aws_network_acl_association')) {
    const id = reader.id(resource.attribute('network_acl_id'), 'aws_network_acl');
    const subnet = reader.id(resource.attribute('subnet_id'), 'aws_subnet');
    if (id !== null && subnet !== null) acls.get(id)?.subnets.push(subnet);
  }
  for (const [id, { vpc, subnets, entries }] of acls)
    snapshot.network_acls.push({ id, vpc_id: vpc, subnet_ids: subnets, entries });
}

function inlineEntries(reader: StackReader, resource: Resource): AclEntry[] | null {
  const entries: AclEntry[] = [];
  for (const direction of DIRECTIONS) {
    if (!resource.declares(direction)) continue;
    const value = resource.attribute(direction);
    if (isUnknown(value) && value.references.length > 0) return null;
    for (const block of reader.blocks(resource, direction)) {
      const made = entryOf((name) => block[name], direction === 'egress', 'rule_no', 'action');
      if (made) entries.push(made);
    }
  }
  return entries;
}

function entryOf(get: (name: string) => unknown, egress: boolean, number: string, action: string): AclEntry | null {
  const cidr = text(get('cidr_block')) || text(get('ipv6_cidr_block'));
  if (!cidr) return null;
  const protocol = protocolName(text(get('protocol')) ?? '-1');
  const isAll = protocol === '-1' || protocol === 'all';
  return {
    number: numberOf(get(number)) ?? 32_767,
    egress,
    allow: text(get(action))?.toLowerCase() === 'allow',
    protocol: isAll ? '-1' : protocol,
    from_port: isAll ? null : numberOf(get('from_port')),
    to_port: isAll ? null : numberOf(get('to_port')),
    cidr,
  };
}

function entry(number: number, egress: boolean): AclEntry {
  return { number, egress, allow: true, protocol: '-1', from_port: null, to_port: null, cidr: '0.0.0.0/0' };
}

function readPrefixLists(reader: StackReader, snapshot: Snapshot): void {
  for (const list of reader.all('aws_ec2_managed_prefix_list')) {
    const separate = reader
      .all('aws_ec2_managed_prefix_list_entry')
      .filter((each) => reader.id(each.attribute('prefix_list_id'), 'aws_ec2_managed_prefix_list') === list.address)
      .flatMap((each) => text(each.attribute('cidr')) ?? []);
    const inline = reader.blocks(list, 'entry').flatMap((block) => text(block.cidr) ?? []);
    snapshot.prefix_lists.push({
      id: list.address,
      name: reader.text(list, 'name') ?? list.address,
      cidrs: [...inline, ...separate],
    });
  }
  for (const list of [...reader.all('aws_prefix_list', 'data'), ...reader.all('aws_ec2_managed_prefix_list', 'data')]) {
    const name = reader.text(list, 'name');
    const id = text(list.attribute('id'));
    if (name !== null && id !== null) snapshot.prefix_lists.push({ id: reader.canonical(id), name, cidrs: [] });
  }
  for (const endpoint of reader.all('aws_vpc_endpoint')) {
    const service = reader.text(endpoint, 'service_name');
    const id = text(endpoint.attribute('prefix_list_id'));
    if (service !== null && id !== null) snapshot.prefix_lists.push({ id, name: service, cidrs: [] });
  }
}
