import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const ipv6WithoutWayRule = pathRule(
  {
    id: 'ipv6-without-way',
    causes: [37],
    title: 'IPv6 answers lead nowhere',
    explanation:
      'A function that may use IPv6 tries the AAAA answer of a dual-stack host. Without ::/0 to an egress-only internet gateway that attempt hangs before IPv4 is tried.',
    page: PAGES.ipv6,
  },
  ({ first: { facts }, who, where, functions }, { snapshot }) => ({
    message: `${who} may hang on IPv6 answers of ${where}: ${facts.table} of ${facts.subnet} has no route ::/0.`,
    fix: {
      command: `aws ec2 create-egress-only-internet-gateway --vpc-id ${facts.vpc}; aws ec2 create-route --route-table-id ${facts.table} --destination-ipv6-cidr-block ::/0 --egress-only-internet-gateway-id EIGW`,
      change: `Add an aws_egress_only_internet_gateway and a route ::/0 to it in ${facts.table}, or set ipv6_allowed_for_dual_stack = false.`,
    },
    verify: verifyCommand(snapshot, functions),
    severity: 'error',
  }),
);
