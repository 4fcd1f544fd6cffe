import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyFromInside } from './sentences.ts';

export const customDnsServerRule = pathRule(
  {
    id: 'custom-dns-server',
    causes: [17, 18],
    title: "The VPC's names are resolved by servers of its own",
    explanation:
      "With servers of one's own in the DHCP options, private DNS of endpoints works only where they forward to Amazon's resolver. Whether they are alive and do so cannot be seen from outside: call the function.",
    page: PAGES.dhcp,
  },
  ({ first: { facts, resources }, who, functions }) => ({
    message: `${who} resolves names with ${facts.servers}: whether they answer, and forward Amazon's names, only a call from inside shows.`,
    fix: {
      command: `aws ec2 associate-dhcp-options --dhcp-options-id default --vpc-id ${functions[0]?.vpc?.vpc_id ?? resources[0]}`,
      change: `Set domain_name_servers of ${facts.options} to ["AmazonProvidedDNS"], or forward amazonaws.com to the VPC's resolver.`,
    },
    verify: verifyFromInside(functions),
    certainty: 'inferred',
    severity: 'warning',
  }),
);
