import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const endpointGroupClosedRule = pathRule(
  {
    id: 'endpoint-group-closed',
    causes: [20],
    title: "An endpoint's security group does not admit the function",
    explanation:
      "An interface endpoint is a network interface with groups: they have to admit 443 from the function's group (or its subnets). An egress rule back is harmless and not needed: groups are stateful.",
    page: PAGES.interfaceEndpoints,
  },
  ({ first: { facts }, who, where, functions }, { snapshot }) => ({
    message: `${who} cannot reach ${where}: the group ${facts.group} of ${facts.endpoint} admits no TCP ${facts.port} from ${facts.source}.`,
    fix: {
      command: `aws ec2 authorize-security-group-ingress --group-id ${facts.group} --protocol tcp --port ${facts.port} --source-group ${facts.source}`,
      change: `Add an ingress rule to ${facts.group}: TCP ${facts.port} from ${facts.source}.`,
    },
    verify: verifyCommand(snapshot, functions),
  }),
);
