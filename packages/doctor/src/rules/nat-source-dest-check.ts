import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const natSourceDestCheckRule = pathRule(
  {
    id: 'nat-source-dest-check',
    causes: [12],
    title: 'A NAT instance drops what is not addressed to it',
    explanation:
      "EC2 drops packets that are neither from nor to an interface's own address as long as the source/destination check is on. A NAT instance needs it off, on the interface that the route names.",
    page: PAGES.natInstances,
  },
  ({ first: { facts }, who, where, functions }, { snapshot }) => ({
    message: `${who} cannot reach ${where}: the source/destination check of the NAT ${facts.nat} is on.`,
    fix: {
      command:
        facts.kind === 'interface'
          ? `aws ec2 modify-network-interface-attribute --network-interface-id ${facts.nat} --no-source-dest-check`
          : `aws ec2 modify-instance-attribute --instance-id ${facts.nat} --no-source-dest-check`,
      change: `Set source_dest_check = false on ${facts.nat}.`,
    },
    verify: verifyCommand(snapshot, functions),
  }),
);
