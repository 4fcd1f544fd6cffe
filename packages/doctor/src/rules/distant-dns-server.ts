import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const distantDnsServerRule = pathRule(
  {
    id: 'distant-dns-server',
    causes: [18],
    title: 'DHCP options name a DNS server that cannot be reached',
    explanation:
      "Every lookup goes to the servers that the VPC's DHCP options name. Where none of them answers, each call waits for the resolver's own time-outs first and then fails.",
    page: PAGES.dhcp,
  },
  ({ first: { facts, resources }, who, functions }, { snapshot }) => ({
    message: `${who} cannot resolve any name: no route leads to the DNS servers ${facts.servers} of ${facts.options}.`,
    fix: {
      command: `aws ec2 associate-dhcp-options --dhcp-options-id default --vpc-id ${functions[0]?.vpc?.vpc_id ?? resources[0]}`,
      change: `Set domain_name_servers of ${facts.options} to ["AmazonProvidedDNS"], or route to ${facts.servers}.`,
    },
    verify: verifyCommand(snapshot, functions),
  }),
);
