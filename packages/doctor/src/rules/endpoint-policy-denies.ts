import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const endpointPolicyDeniesRule = pathRule(
  {
    id: 'endpoint-policy-denies',
    causes: [34],
    title: "An endpoint's policy refuses the call",
    explanation:
      'Besides the role, the policy of the endpoint has to allow each call and resource: a bucket that it does not name answers 403 through it, whatever the role allows.',
    page: PAGES.endpointPolicies,
  },
  ({ first: { facts }, who, where, functions }, { snapshot }) => ({
    message: `${who} is refused at ${where}: the policy of ${facts.endpoint} does not allow ${facts.refused}.`,
    fix: {
      command: `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${facts.endpoint} --reset-policy`,
      change: `Let the policy of ${facts.endpoint} allow ${facts.refused}.`,
    },
    verify: verifyCommand(snapshot, functions),
  }),
);
