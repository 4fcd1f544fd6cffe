import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const blackholeRouteRule = pathRule(
  {
    id: 'blackhole-route',
    causes: [10],
    title: 'A route leads nowhere',
    explanation:
      'A route whose target was deleted, failed or is attached to nothing stays in the table as a blackhole and swallows packets. After a NAT is replaced every table has to name the new one.',
    page: PAGES.natTroubles,
  },
  ({ first: { facts }, who, where, functions }, { snapshot }) => ({
    message: `${who} cannot reach ${where}: the route of ${facts.table} leads to ${facts.target || 'nothing'}, which does not forward.`,
    fix: {
      command: `aws ec2 replace-route --route-table-id ${facts.table} --destination-cidr-block 0.0.0.0/0 --nat-gateway-id NAT`,
      change: `Let the route of ${facts.table} lead to a NAT that exists and is attached.`,
    },
    verify: verifyCommand(snapshot, functions),
  }),
);
