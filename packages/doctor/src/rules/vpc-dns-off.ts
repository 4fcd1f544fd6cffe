import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const vpcDnsOffRule = pathRule(
  {
    id: 'vpc-dns-off',
    causes: [19],
    title: "The VPC's DNS support or hostnames are off",
    explanation:
      "Private DNS of interface endpoints needs both enableDnsSupport and enableDnsHostnames. Without support Amazon's resolver does not answer at all; without hostnames endpoints' names resolve to public addresses.",
    page: PAGES.dns,
  },
  ({ first: { facts }, who, where, functions }, { snapshot }) => ({
    message: `${who} cannot reach ${where} by name: ${facts.what} of ${facts.vpc} is off.`,
    fix: {
      command: `aws ec2 modify-vpc-attribute --vpc-id ${facts.vpc} --${facts.what === 'enableDnsSupport' ? 'enable-dns-support' : 'enable-dns-hostnames'} '{"Value":true}'`,
      change: `Set ${facts.what === 'enableDnsSupport' ? 'enable_dns_support' : 'enable_dns_hostnames'} = true on ${facts.vpc}.`,
    },
    verify: verifyCommand(snapshot, functions),
  }),
);
