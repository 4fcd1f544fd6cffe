import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const natWithoutInternetRule = pathRule(
  {
    id: 'nat-without-internet',
    causes: [11],
    title: 'A NAT has no way to the internet itself',
    explanation:
      'A NAT gateway or instance needs a public subnet: one whose route table sends 0.0.0.0/0 to an internet gateway that is attached to the VPC. In a private subnet it accepts packets and drops them.',
    page: PAGES.natTroubles,
  },
  ({ first: { facts }, who, where, functions }, { snapshot }) => ({
    message: `${who} cannot reach ${where}: the NAT ${facts.nat} has no way to the internet from ${facts.subnet || 'where it stands'}.`,
    fix: {
      command: facts.table
        ? `aws ec2 create-route --route-table-id ${facts.table} --destination-cidr-block 0.0.0.0/0 --gateway-id IGW`
        : `aws ec2 create-nat-gateway --subnet-id PUBLIC_SUBNET --allocation-id EIP`,
      change: facts.table
        ? `Put ${facts.nat} into a public subnet, or send 0.0.0.0/0 of ${facts.table} to an internet gateway.`
        : `Give ${facts.nat} a public address and a public subnet (connectivity_type public).`,
    },
    verify: verifyCommand(snapshot, functions),
  }),
);
