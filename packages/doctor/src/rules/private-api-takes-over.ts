import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const privateApiTakesOverRule = pathRule(
  {
    id: 'private-api-takes-over',
    causes: [22],
    title: 'An endpoint for private APIs answers for public ones',
    explanation:
      'An execute-api endpoint with private DNS takes over every API host of the region inside the VPC. Public APIs answer 403 through it.',
    page: PAGES.privateApis,
  },
  ({ first: { facts }, who, where, functions }, { snapshot }) => ({
    message: `${who} gets 403 from ${where}: private DNS of ${facts.endpoint} answers for public APIs too.`,
    fix: {
      command: `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${facts.endpoint} --no-private-dns-enabled`,
      change: `Set private_dns_enabled = false on ${facts.endpoint} and call private APIs by the endpoint's own name, or give the public API a custom domain.`,
    },
    verify: verifyCommand(snapshot, functions),
  }),
);
