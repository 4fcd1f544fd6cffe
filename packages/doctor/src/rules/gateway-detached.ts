import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const gatewayDetachedRule = pathRule(
  {
    id: 'gateway-detached',
    causes: [33],
    title: 'The internet gateway is not attached',
    explanation: "A route to an internet gateway works only while that gateway is attached to the route's own VPC.",
    page: PAGES.internetGateways,
  },
  ({ first: { facts }, who, where, functions }, { snapshot }) => ({
    message: `${who} cannot reach ${where}: the internet gateway ${facts.gateway} is not attached to ${facts.vpc}.`,
    fix: {
      command: `aws ec2 attach-internet-gateway --internet-gateway-id ${facts.gateway} --vpc-id ${facts.vpc}`,
      change: `Set vpc_id of ${facts.gateway} to ${facts.vpc}.`,
    },
    verify: verifyCommand(snapshot, functions),
  }),
);
