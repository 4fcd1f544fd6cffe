import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

export const gatewayEndpointMissingRule = pathRule(
  {
    id: 'gateway-endpoint-missing',
    causes: [3],
    title: 'No gateway endpoint for S3 or DynamoDB, and no NAT',
    explanation:
      "S3 and DynamoDB have public addresses. Without a NAT a route table needs the gateway endpoint of the service: it costs nothing and hangs on route tables, so every subnet's own table has to be associated.",
    page: PAGES.gatewayEndpoints,
  },
  ({ first: { facts }, who, where, functions }, { snapshot }) => ({
    message: facts.endpoint
      ? `${who} cannot reach ${where}: the gateway endpoint ${facts.endpoint} is not associated with ${facts.table} of ${facts.subnet}.`
      : `${who} cannot reach ${where}: ${facts.vpc} has no gateway endpoint for ${facts.service}, and ${facts.subnet} has no NAT.`,
    fix: {
      command: facts.endpoint
        ? `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${facts.endpoint} --add-route-table-ids ${facts.table}`
        : `aws ec2 create-vpc-endpoint --vpc-id ${facts.vpc} --service-name com.amazonaws.${facts.region}.${facts.service} --route-table-ids ${facts.table}`,
      change: facts.endpoint
        ? `Add ${facts.table} to route_table_ids of ${facts.endpoint}.`
        : `Add an aws_vpc_endpoint of type Gateway for com.amazonaws.${facts.region}.${facts.service} with route_table_ids [${facts.table}].`,
    },
    verify: verifyCommand(snapshot, functions),
    monthly_usd: 0,
  }),
);
