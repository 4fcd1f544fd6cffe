import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const dnsShadowedRule = pathRule(
  {
    id: 'dns-shadowed',
    causes: [38],
    title: 'A private zone, resolver rule or DNS firewall answers for a public host',
    explanation:
      "Inside a VPC a private hosted zone answers for all names of its domain, with NXDOMAIN for those that it lacks; forwarding rules and DNS firewalls act before Amazon's resolver, too.",
    page: PAGES.privateZones,
  },
  ({ first: { facts, resources }, who, functions }, { snapshot }) => ({
    message: `${who} does not get the address of ${facts.host}: ${facts.by} answers instead.`,
    fix: {
      command:
        facts.kind === 'zone'
          ? `aws route53 disassociate-vpc-from-hosted-zone --hosted-zone-id ${resources[0]} --vpc VPCRegion=${snapshot.region},VPCId=${resources[1]}`
          : facts.kind === 'rule'
            ? `aws route53resolver disassociate-resolver-rule --resolver-rule-id ${resources[0]} --vpc-id ${resources[1]}`
            : `aws route53resolver list-firewall-rules --firewall-rule-group-id ${resources[0]}`,
      change: `Add a record for ${facts.host} to ${resources[0]}, narrow it, or take it off ${resources[1]}.`,
    },
    verify: verifyCommand(snapshot, functions),
  }),
);
