import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { natTarget, verifyCommand } from './sentences.ts';

export const noDefaultRouteRule = pathRule(
  {
    id: 'no-default-route',
    causes: [1],
    title: 'A private subnet has no route to the internet',
    explanation:
      "A function in a VPC reaches public addresses only through a NAT: its subnet's route table needs 0.0.0.0/0 to one. Without it packets are dropped without an answer, so the call hangs until a time-out ends it.",
    page: PAGES.lambdaInternet,
  },
  ({ first: { facts }, who, where, functions }, { snapshot }) => ({
    message: `${who} cannot reach ${where}: ${facts.table} of ${facts.subnet} has no route 0.0.0.0/0 to a NAT.`,
    fix: {
      command: `aws ec2 create-route --route-table-id ${facts.table} --destination-cidr-block 0.0.0.0/0 ${natTarget(snapshot, facts.vpc ?? '')}`,
      change: `Add a route 0.0.0.0/0 to the NAT to ${facts.table}, and associate ${facts.subnet} with it.`,
    },
    verify: verifyCommand(snapshot, functions),
  }),
);
