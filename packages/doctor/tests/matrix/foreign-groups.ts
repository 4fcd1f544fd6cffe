import type { Config } from './config.ts';
import { id, type Shape } from './foreign-shape.ts';

interface RuleParts {
  readonly direction: 'ingress' | 'egress';
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly cidrs?: readonly string[];
  readonly group?: string;
}

export function group(config: Config, shape: Shape, name: string, rules: readonly RuleParts[]): void {
  const inline = (direction: string) =>
    rules
      .filter((rule) => rule.direction === direction)
      .map((rule) => ({
        from_port: rule.from,
        to_port: rule.to,
        protocol: rule.protocol,
        ...(rule.cidrs ? { cidr_blocks: rule.cidrs } : {}),
        ...(rule.group ? { security_groups: [id(rule.group)] } : {}),
      }));
  config.add('aws_security_group', name, {
    name: `acme-${name}`,
    vpc_id: id('aws_vpc.core'),
    ...(shape.rules === 'inline' ? { ingress: inline('ingress'), egress: inline('egress') } : {}),
  });
  if (shape.rules === 'inline') return;
  rules.forEach((rule, at) => {
    if (shape.rules === 'old') {
      config.add('aws_security_group_rule', `${name}_${at}`, {
        type: rule.direction,
        security_group_id: id(`aws_security_group.${name}`),
        from_port: rule.from,
        to_port: rule.to,
        protocol: rule.protocol,
        ...(rule.cidrs ? { cidr_blocks: rule.cidrs } : {}),
        ...(rule.group ? { source_security_group_id: id(rule.group) } : {}),
      });
      return;
    }
    for (const [n, cidr] of (rule.cidrs ?? [null]).entries())
      config.add(`aws_vpc_security_group_${rule.direction}_rule`, `${name}_${at}_${n}`, {
        security_group_id: id(`aws_security_group.${name}`),
        ip_protocol: rule.protocol,
        ...(rule.protocol === '-1' ? {} : { from_port: rule.from, to_port: rule.to }),
        ...(cidr === null ? { referenced_security_group_id: id(rule.group ?? '') } : { cidr_ipv4: cidr }),
      });
  });
}

export function addGroups(config: Config, shape: Shape): void {
  const fromCode = shape.sources === 'group' ? { group: 'aws_security_group.code' } : { cidrs: ['172.20.0.0/16'] };
  group(config, shape, 'code', [
    { direction: 'egress', protocol: 'tcp', from: 443, to: 443, cidrs: ['0.0.0.0/0'] },
    { direction: 'egress', protocol: 'tcp', from: 5432, to: 6379, cidrs: ['172.20.0.0/16'] },
    { direction: 'egress', protocol: 'tcp', from: 2049, to: 2049, cidrs: ['172.20.0.0/16'] },
  ]);
  group(config, shape, 'doors', [{ direction: 'ingress', protocol: 'tcp', from: 443, to: 443, ...fromCode }]);
  if (shape.database)
    group(config, shape, 'sql', [{ direction: 'ingress', protocol: 'tcp', from: 5432, to: 5432, ...fromCode }]);
  if (shape.cache)
    group(config, shape, 'cache', [{ direction: 'ingress', protocol: 'tcp', from: 6379, to: 6379, ...fromCode }]);
  if (shape.files)
    group(config, shape, 'nfs', [{ direction: 'ingress', protocol: 'tcp', from: 2049, to: 2049, ...fromCode }]);
}
