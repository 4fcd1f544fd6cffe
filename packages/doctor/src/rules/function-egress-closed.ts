import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const functionEgressClosedRule = pathRule(
  {
    id: 'function-egress-closed',
    causes: [16],
    title: "The function's security group lets nothing out",
    explanation:
      "A function's group needs an egress rule for each port that the function calls: 443 for AWS and most APIs, the database's port. Terraform takes away the rule 'everything out' that AWS itself would give a group. Replies need no rule: groups are stateful.",
    page: PAGES.groups,
  },
  ({ first: { facts }, who, where, functions }, { snapshot }) => ({
    message: `${who} cannot reach ${where}: its group ${facts.group} lets out no TCP ${facts.port}.`,
    fix: {
      command: `aws ec2 authorize-security-group-egress --group-id ${facts.group} --ip-permissions 'IpProtocol=tcp,FromPort=${facts.port},ToPort=${facts.port},IpRanges=[{CidrIp=0.0.0.0/0}]'`,
      change: `Add an egress rule to ${facts.group}: TCP ${facts.port} to ${facts.towards} (or 0.0.0.0/0).`,
    },
    verify: verifyCommand(snapshot, functions),
  }),
);
