import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const natGroupClosedRule = pathRule(
  {
    id: 'nat-group-closed',
    causes: [14],
    title: "A NAT instance's security group is closed",
    explanation:
      "A NAT instance's group has to admit what the private subnets send, on every port that they use, and let all of it out to the internet.",
    page: PAGES.natInstances,
  },
  ({ first: { facts }, who, where, functions }, { snapshot }) => ({
    message: `${who} cannot reach ${where}: the group ${facts.group} of the NAT ${facts.nat} ${facts.direction === 'ingress' ? 'does not admit' : 'does not let out'} TCP ${facts.port}.`,
    fix: {
      command:
        facts.direction === 'ingress'
          ? `aws ec2 authorize-security-group-ingress --group-id ${facts.group} --ip-permissions 'IpProtocol=-1,UserIdGroupPairs=[{GroupId=${facts.source}}]'`
          : `aws ec2 authorize-security-group-egress --group-id ${facts.group} --ip-permissions 'IpProtocol=-1,IpRanges=[{CidrIp=0.0.0.0/0}]'`,
      change:
        facts.direction === 'ingress'
          ? `Add an ingress rule to ${facts.group}: all traffic from ${facts.source} (or the private subnets).`
          : `Add an egress rule to ${facts.group}: all traffic to 0.0.0.0/0.`,
    },
    verify: verifyCommand(snapshot, functions),
  }),
);
