import { VPCRegion } from '@aws-sdk/client-route-53';
import { z } from 'zod';
import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Attempts } from './attempts.ts';
import type { Clients } from './clients.ts';
import { allPages } from './pages.ts';

/** What stands between a name and Amazon's answer to it: private zones, forwarding rules, DNS firewalls. */
export async function collectNames(clients: Clients, attempts: Attempts, snapshot: Snapshot): Promise<void> {
  if (snapshot.vpcs.length === 0) return;
  await collectZones(clients, attempts, snapshot);
  await collectResolverRules(clients, attempts, snapshot);
  await collectFirewalls(clients, attempts, snapshot);
}

async function collectZones({ dns }: Clients, attempts: Attempts, snapshot: Snapshot): Promise<void> {
  const region = Object.values(VPCRegion).find((each) => each === snapshot.region);
  if (region === undefined) return;
  for (const { id: vpc } of snapshot.vpcs) {
    const zones = await attempts.call(
      'route53:ListHostedZonesByVPC',
      () =>
        allPages(async (NextToken) => {
          const page = await dns.listHostedZonesByVPC({ VPCId: vpc, VPCRegion: region, NextToken });
          return { items: page.HostedZoneSummaries, next: page.NextToken };
        }),
      [],
    );
    for (const { HostedZoneId: id = '', Name = '' } of zones) {
      const known = snapshot.private_zones.find((each) => each.id === id);
      if (known) {
        known.vpc_ids.push(vpc);
        continue;
      }
      const records = await attempts.call('route53:ListResourceRecordSets', () => recordsOf(dns, id), null);
      snapshot.private_zones.push({ id, name: plainName(Name), vpc_ids: [vpc], records });
    }
  }
}

type Records = NonNullable<Snapshot['private_zones'][number]['records']>;

const PAGES_MAX = 100;

async function recordsOf(dns: Clients['dns'], zone: string): Promise<Records> {
  const found: Records = [];
  let from: { StartRecordName?: string | undefined } = {};
  for (let count = 0; count < PAGES_MAX; count += 1) {
    const page = await dns.listResourceRecordSets({ HostedZoneId: zone, ...from });
    for (const record of page.ResourceRecordSets ?? [])
      found.push({
        name: plainName(record.Name ?? ''),
        type: record.Type ?? 'A',
        values: [
          ...(record.ResourceRecords ?? []).flatMap(({ Value }) => Value ?? []),
          ...(record.AliasTarget?.DNSName ? [plainName(record.AliasTarget.DNSName)] : []),
        ],
      });
    if (!page.IsTruncated) break;
    from = { StartRecordName: page.NextRecordName };
  }
  return found;
}

function plainName(name: string): string {
  return name.replace(/\.$/, '').replace('\\052', '*').toLowerCase();
}

const text = z.string();
const rulesSchema = z.object({
  ResolverRules: z
    .array(
      z.object({
        Id: text,
        DomainName: text.default(''),
        RuleType: text.default('FORWARD'),
        TargetIps: z
          .array(z.object({ Ip: text.nullish() }))
          .nullish()
          .transform((value) => value ?? []),
      }),
    )
    .default([]),
  NextToken: text.nullish(),
});
const associationsSchema = z.object({
  ResolverRuleAssociations: z.array(z.object({ ResolverRuleId: text, VPCId: text })).default([]),
  NextToken: text.nullish(),
});

async function collectResolverRules({ resolver }: Clients, attempts: Attempts, snapshot: Snapshot): Promise<void> {
  const inside = new Set(snapshot.vpcs.map(({ id }) => id));
  const associations = await attempts.call(
    'route53resolver:ListResolverRuleAssociations',
    () =>
      allPages(async (NextToken) => {
        const page = associationsSchema.parse(await resolver.call('ListResolverRuleAssociations', token(NextToken)));
        return { items: page.ResolverRuleAssociations, next: page.NextToken ?? undefined };
      }),
    [],
  );
  const used = associations.filter(({ VPCId }) => inside.has(VPCId));
  if (used.length === 0) return;
  const rules = await attempts.call(
    'route53resolver:ListResolverRules',
    () =>
      allPages(async (NextToken) => {
        const page = rulesSchema.parse(await resolver.call('ListResolverRules', token(NextToken)));
        return { items: page.ResolverRules, next: page.NextToken ?? undefined };
      }),
    [],
  );
  for (const { Id, DomainName, RuleType, TargetIps } of rules) {
    const vpcs = used.filter(({ ResolverRuleId }) => ResolverRuleId === Id).map(({ VPCId }) => VPCId);
    // Amazon's own rules (Internet Resolver, localhost) send nothing anywhere else.
    if (vpcs.length === 0 || RuleType === 'RECURSIVE') continue;
    snapshot.resolver_rules.push({
      id: Id,
      domain: DomainName === '.' ? '.' : plainName(DomainName),
      kind: RuleType,
      targets: TargetIps.flatMap(({ Ip }) => Ip ?? []),
      vpc_ids: vpcs,
    });
  }
}

const groupsSchema = z.object({
  FirewallRuleGroupAssociations: z.array(z.object({ FirewallRuleGroupId: text, VpcId: text })).default([]),
  NextToken: text.nullish(),
});
const firewallRulesSchema = z.object({
  FirewallRules: z
    .array(z.object({ Action: text, Priority: z.number().default(0), FirewallDomainListId: text.nullish() }))
    .default([]),
  NextToken: text.nullish(),
});
const domainsSchema = z.object({ Domains: z.array(text).default([]), NextToken: text.nullish() });

async function collectFirewalls({ resolver }: Clients, attempts: Attempts, snapshot: Snapshot): Promise<void> {
  const inside = new Set(snapshot.vpcs.map(({ id }) => id));
  const associations = await attempts.call(
    'route53resolver:ListFirewallRuleGroupAssociations',
    () =>
      allPages(async (NextToken) => {
        const page = groupsSchema.parse(await resolver.call('ListFirewallRuleGroupAssociations', token(NextToken)));
        return { items: page.FirewallRuleGroupAssociations, next: page.NextToken ?? undefined };
      }),
    [],
  );
  const used = associations.filter(({ VpcId }) => inside.has(VpcId));
  for (const id of new Set(used.map(({ FirewallRuleGroupId }) => FirewallRuleGroupId))) {
    const rules = await attempts.call(
      'route53resolver:ListFirewallRules',
      () =>
        allPages(async (NextToken) => {
          const input = { FirewallRuleGroupId: id, ...token(NextToken) };
          const page = firewallRulesSchema.parse(await resolver.call('ListFirewallRules', input));
          return { items: page.FirewallRules, next: page.NextToken ?? undefined };
        }),
      [],
    );
    const read: Snapshot['dns_firewalls'][number]['rules'] = [];
    for (const { Action, Priority, FirewallDomainListId: list } of rules)
      read.push({
        action: Action,
        priority: Priority,
        domains: list ? await domainsOf(resolver, attempts, list) : null,
      });
    snapshot.dns_firewalls.push({
      id,
      vpc_ids: used.filter(({ FirewallRuleGroupId }) => FirewallRuleGroupId === id).map(({ VpcId }) => VpcId),
      rules: read.toSorted((a, b) => a.priority - b.priority),
    });
  }
}

/** null: a list of AWS's own, which nobody may read, or one that may not be read. */
async function domainsOf(resolver: Clients['resolver'], attempts: Attempts, list: string): Promise<string[] | null> {
  const domains = await attempts.call(
    'route53resolver:ListFirewallDomains',
    () =>
      allPages(async (NextToken) => {
        const input = { FirewallDomainListId: list, ...token(NextToken) };
        const page = domainsSchema.parse(await resolver.call('ListFirewallDomains', input));
        return { items: page.Domains, next: page.NextToken ?? undefined };
      }),
    null,
  );
  return domains?.map(plainName) ?? null;
}

function token(NextToken: string | undefined): { NextToken?: string } {
  return NextToken === undefined ? {} : { NextToken };
}
