import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const returnRouteRule = pathRule(
  {
    id: 'return-route',
    causes: [31],
    title: 'A peering or transit gateway lacks a route',
    explanation:
      'Traffic between networks needs a route on both sides: the answer does not find its way back by itself. Peering is not transitive: internet gateways, NATs and gateway endpoints of the other VPC cannot be used through it.',
    page: PAGES.peering,
  },
  ({ first: { facts }, who, where, functions }, { snapshot }) => ({
    message:
      facts.direction === 'transitive'
        ? `${who} cannot reach ${where}: ${facts.table} sends it through the peering ${facts.link}, which carries no internet traffic.`
        : facts.direction === 'state'
          ? `${who} cannot reach ${where}: ${facts.link} is not attached or not active.`
          : `${who} cannot reach ${where}: ${facts.table} has no route ${facts.direction === 'back' ? 'back to' : 'to'} ${facts.cidr}.`,
    fix: {
      command: `aws ec2 create-route --route-table-id ${facts.table} --destination-cidr-block ${facts.cidr || 'CIDR'} ${facts.link?.startsWith('tgw-') ? '--transit-gateway-id' : '--vpc-peering-connection-id'} ${facts.link}`,
      change:
        facts.direction === 'transitive'
          ? `Give the VPC a NAT of its own.`
          : `Add a route to ${facts.cidr || 'the other side'} through ${facts.link} to ${facts.table}.`,
    },
    verify: verifyCommand(snapshot, functions),
  }),
);
