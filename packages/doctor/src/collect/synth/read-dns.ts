import type { Snapshot } from '../../snapshot/snapshot.ts';
import { text } from './computed-attribute.ts';
import type { StackReader } from './stack-reader.ts';
import { numberOf, textsOf } from './stack-reader.ts';
import { isUnknown } from './unknown-value.ts';

const VPC = ['aws_vpc', 'aws_default_vpc'] as const;

/** What stands between a name and Amazon's answer to it: private zones, forwarding rules, DNS firewalls. */
export function readDns(reader: StackReader, snapshot: Snapshot): void {
  for (const zone of reader.all('aws_route53_zone')) {
    const own = reader.blocks(zone, 'vpc').flatMap((block) => reader.id(block.vpc_id, ...VPC) ?? []);
    const more = reader
      .all('aws_route53_zone_association')
      .filter((each) => reader.id(each.attribute('zone_id'), 'aws_route53_zone') === zone.address)
      .flatMap((each) => reader.id(each.attribute('vpc_id'), ...VPC) ?? []);
    if (own.length + more.length === 0) continue;
    const name = text(zone.attribute('name'))?.replace(/\.$/, '').toLowerCase() ?? '';
    snapshot.private_zones.push({
      id: zone.address,
      name,
      vpc_ids: [...own, ...more],
      records: reader
        .all('aws_route53_record')
        .filter((each) => reader.id(each.attribute('zone_id'), 'aws_route53_zone') === zone.address)
        .map((each) => ({
          name: qualified(text(each.attribute('name')) ?? '', name),
          type: text(each.attribute('type')) ?? 'A',
          values: recordValues(reader, each),
        })),
    });
  }
  for (const rule of reader.all('aws_route53_resolver_rule')) {
    const associated = reader
      .all('aws_route53_resolver_rule_association')
      .filter((each) => reader.id(each.attribute('resolver_rule_id'), 'aws_route53_resolver_rule') === rule.address)
      .flatMap((each) => reader.id(each.attribute('vpc_id'), ...VPC) ?? []);
    snapshot.resolver_rules.push({
      id: rule.address,
      domain: text(rule.attribute('domain_name'))?.replace(/\.$/, '').toLowerCase() ?? '',
      kind: text(rule.attribute('rule_type')) ?? 'FORWARD',
      targets: reader.blocks(rule, 'target_ip').flatMap((block) => text(block.ip) ?? []),
      vpc_ids: associated,
    });
  }
  readFirewalls(reader, snapshot);
}

function recordValues(reader: StackReader, record: Parameters<StackReader['blocks']>[0]): string[] {
  const aliases = reader.blocks(record, 'alias').flatMap((block) => text(block.name) ?? []);
  return [...(record.declares('records') ? textsOf(record.attribute('records')) : []), ...aliases];
}

function qualified(name: string, zone: string): string {
  const plain = name.replace(/\.$/, '').toLowerCase();
  if (plain === '' || plain === zone || plain.endsWith(`.${zone}`)) return plain || zone;
  return `${plain}.${zone}`;
}

function readFirewalls(reader: StackReader, snapshot: Snapshot): void {
  for (const group of reader.all('aws_route53_resolver_firewall_rule_group')) {
    const isOf = (each: Parameters<StackReader['blocks']>[0]) =>
      reader.id(each.attribute('firewall_rule_group_id'), 'aws_route53_resolver_firewall_rule_group') === group.address;
    snapshot.dns_firewalls.push({
      id: group.address,
      vpc_ids: reader
        .all('aws_route53_resolver_firewall_rule_group_association')
        .filter(isOf)
        .flatMap((each) => reader.id(each.attribute('vpc_id'), ...VPC) ?? []),
      rules: reader
        .all('aws_route53_resolver_firewall_rule')
        .filter(isOf)
        .map((each) => {
          const id = reader.id(each.attribute('firewall_domain_list_id'), 'aws_route53_resolver_firewall_domain_list');
          const list = id === null ? null : reader.at(id);
          const domains = list?.attribute('domains');
          return {
            action: text(each.attribute('action')) ?? 'BLOCK',
            priority: numberOf(each.attribute('priority')) ?? 0,
            domains:
              !list || isUnknown(domains) ? null : textsOf(domains).map((one) => one.replace(/\.$/, '').toLowerCase()),
          };
        })
        .toSorted((a, b) => a.priority - b.priority),
    });
  }
}
