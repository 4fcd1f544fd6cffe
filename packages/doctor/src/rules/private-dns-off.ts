import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const privateDnsOffRule = pathRule(
  {
    id: 'private-dns-off',
    causes: [19],
    title: 'Private DNS of an endpoint is off',
    explanation:
      "Without private DNS the SDK's ordinary host name resolves to public addresses: the endpoint stands there, is paid for, and is not used.",
    page: PAGES.endpointDns,
  },
  ({ first: { facts }, who, where, functions }, { snapshot }) => ({
    message: `${who} cannot reach ${where}: private DNS of ${facts.endpoint} is off, so the name resolves to public addresses.`,
    fix: {
      command: `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${facts.endpoint} --private-dns-enabled`,
      change: `Set private_dns_enabled = true on ${facts.endpoint}.`,
    },
    verify: verifyCommand(snapshot, functions),
  }),
);
