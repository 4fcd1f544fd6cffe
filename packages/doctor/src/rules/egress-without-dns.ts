import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const egressWithoutDnsRule = pathRule(
  {
    id: 'egress-without-dns',
    causes: [17],
    title: "Egress lacks port 53 towards the VPC's own DNS servers",
    explanation:
      "The VPC's own resolver is filtered by no group. DHCP options that name other servers change that: the function's group then needs egress UDP and TCP 53 to them, or no name resolves.",
    page: PAGES.dhcp,
  },
  ({ first: { facts, resources }, who, functions }, { snapshot }) => ({
    message: `${who} cannot resolve any name: DHCP options ${facts.options} name ${facts.servers}, and its group lets out no UDP 53.`,
    fix: {
      command: `aws ec2 authorize-security-group-egress --group-id ${resources[0]} --ip-permissions 'IpProtocol=udp,FromPort=53,ToPort=53,IpRanges=[{CidrIp=${facts.servers?.split(',')[0]}/32}]'`,
      change: `Add egress rules UDP 53 and TCP 53 to ${facts.servers}, or go back to AmazonProvidedDNS.`,
    },
    verify: verifyCommand(snapshot, functions),
  }),
);
