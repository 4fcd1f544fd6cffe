import { PAGES } from './pages.ts';
import { pathRule } from './rule.ts';
import { endpointMonth, verifyCommand } from './sentences.ts';

export const interfaceEndpointMissingRule = pathRule(
  {
    id: 'interface-endpoint-missing',
    causes: [4],
    title: 'No interface endpoint for an AWS service, and no NAT',
    explanation:
      'Without a NAT each AWS API that a function calls needs an interface endpoint in its VPC, with private DNS on. Each costs about $7.30 a month and zone; from four or so a NAT instance is cheaper.',
    page: PAGES.interfaceEndpoints,
  },
  ({ first: { facts }, who, where, functions, paths }, { snapshot }) => ({
    message: `${who} cannot reach ${where}: ${facts.vpc} has no endpoint for ${facts.service}, and ${facts.subnet} has no NAT.`,
    fix: {
      command: `aws ec2 create-vpc-endpoint --vpc-id ${facts.vpc} --vpc-endpoint-type Interface --service-name com.amazonaws.${facts.region}.${facts.service} --private-dns-enabled --subnet-ids ${functions[0]?.vpc?.subnet_ids?.join(' ')} --security-group-ids GROUP_THAT_ADMITS_443`,
      change: `Add an aws_vpc_endpoint of type Interface for com.amazonaws.${facts.region}.${facts.service} in ${functions[0]?.vpc?.subnet_ids?.join(', ')}, with private_dns_enabled and a group that admits 443 from the functions; or give the subnets a NAT.`,
    },
    verify: verifyCommand(snapshot, functions),
    monthly_usd: endpointMonth(snapshot, new Set(paths.map(({ subnet_id }) => subnet_id)).size),
  }),
);
