import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const endpointNotAvailableRule = pathRule(
  {
    id: 'endpoint-not-available',
    causes: [40],
    title: 'An endpoint is not available',
    explanation:
      "An endpoint works only in state available, and an interface endpoint only in the subnets that it has addresses in. pendingAcceptance waits for the service's owner; rejected, failed and expired never come up.",
    page: PAGES.interfaceEndpoints,
  },
  ({ first: { facts }, who, where, functions }, { snapshot }) => ({
    message: `${who} cannot reach ${where}: the endpoint ${facts.endpoint} is ${facts.state}.`,
    fix: {
      command: `aws ec2 describe-vpc-endpoints --vpc-endpoint-ids ${facts.endpoint} --query 'VpcEndpoints[0].[State,LastError]'`,
      change: `Give ${facts.endpoint} a subnet in each zone of the functions.`,
    },
    verify: verifyCommand(snapshot, functions),
  }),
);
