import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { natMonth, natTarget, verifyCommand } from './sentences.ts';

export const noPrivateLinkRule = pathRule(
  {
    id: 'no-private-link',
    causes: [24],
    title: 'A destination that only a NAT leads to',
    explanation:
      "Hosts that are not AWS's, and the few AWS APIs without PrivateLink, have no endpoint. A function in a VPC needs a NAT for them; one that needs nothing inside the VPC is better off outside.",
    page: PAGES.endpointServices,
  },
  ({ first: { facts }, who, where, functions }, { snapshot }) => ({
    message: `${who} cannot reach ${where}: no endpoint leads there, and ${facts.subnet} has no NAT.`,
    fix: {
      command: `aws ec2 create-route --route-table-id ${facts.table} --destination-cidr-block 0.0.0.0/0 ${natTarget(snapshot, facts.vpc ?? '')}`,
      change: `Add a NAT (instance about $11 a month, gateway about $36) and a route 0.0.0.0/0 to it in ${facts.table}; or take the function out of the VPC.`,
    },
    verify: verifyCommand(snapshot, functions),
    monthly_usd: natMonth(snapshot),
  }),
);
