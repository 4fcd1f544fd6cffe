import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { endpointMonth, verifyCommand } from './sentences.ts';

export const endpointZoneRule = pathRule(
  {
    id: 'endpoint-zone',
    causes: [40],
    title: "An endpoint has no address in the function's zone",
    explanation:
      "An interface endpoint's regional name resolves to the addresses that it has, in whichever zone: traffic from another zone passes, costs $0.01 a GB each way, and ends with that zone.",
    page: PAGES.interfaceEndpoints,
  },
  ({ first: { facts }, who, where, functions }, { snapshot }) => ({
    message: `${who} reaches ${where} only across zones: ${facts.endpoint} is in ${facts.zones}, ${facts.subnet} in ${facts.zone}.`,
    fix: {
      command: `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${facts.endpoint} --add-subnet-ids ${facts.subnet}`,
      change: `Add ${facts.subnet} to subnet_ids of ${facts.endpoint}.`,
    },
    verify: verifyCommand(snapshot, functions),
    monthly_usd: endpointMonth(snapshot, 1),
    severity: 'warning',
  }),
);
