import { gatewayEndpoints } from '../reach/name-resolution.ts';
import { PAGES } from './pages.ts';
import { makeFinding, nameSome, type Rule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

/** S3 and DynamoDB through a NAT: what the free gateway endpoint would carry. */
export const gatewayEndpointSavesRule: Rule = {
  id: 'gateway-endpoint-saves',
  causes: [3],
  title: 'S3 or DynamoDB takes the NAT, where a free gateway endpoint would do',
  explanation:
    'Gateway endpoints cost nothing, take traffic off the NAT ($0.045 a GB at a gateway) and keep S3 and DynamoDB reachable while the NAT is not.',
  page: PAGES.gatewayEndpoints,
  check: (examination) => {
    const { snapshot, index, paths } = examination;
    const byVpc = new Map<
      string,
      { names: Set<string>; tables: Set<string>; service: string; vpc: string; some: boolean; host: string }
    >();
    for (const { need, way, subnet_id, function_id } of paths) {
      if (subnet_id === null || !['nat gateway', 'nat instance'].includes(way)) continue;
      if (
        (need.service !== 's3' && need.service !== 'dynamodb') ||
        (need.region !== null && need.region !== snapshot.region)
      )
        continue;
      const vpc = index.vpcOf(subnet_id)?.id ?? '';
      const key = `${vpc} ${need.service}`;
      const known = byVpc.get(key) ?? {
        names: new Set(),
        tables: new Set(),
        service: need.service,
        vpc,
        some: gatewayEndpoints(index, vpc, need.service).length > 0,
        host: `${need.host}:${need.port}`,
      };
      known.names.add(index.functions.get(function_id)?.name ?? function_id);
      known.tables.add(index.tableOf(subnet_id)?.id ?? '');
      byVpc.set(key, known);
    }
    return [...byVpc.values()].map(({ names, tables, service, vpc, some, host }) =>
      makeFinding(examination, gatewayEndpointSavesRule, {
        severity: some ? 'warning' : 'advice',
        causes: some ? [3, 36] : [3],
        message: `${nameSome([...names])} reaches ${service} through the NAT: ${some ? 'the gateway endpoint is not associated with this route table' : 'a gateway endpoint is free'}.`,
        resources: [...tables],
        functions: [...names],
        destination: host,
        evidence: [`${[...tables].join(', ')}: no gateway endpoint for ${service}`],
        fix: {
          command: `aws ec2 create-vpc-endpoint --vpc-id ${vpc} --service-name com.amazonaws.${snapshot.region}.${service} --route-table-ids ${[...tables].join(' ')}`,
          change: `${some ? 'Add' : 'Add an aws_vpc_endpoint of type Gateway for'} ${service}: route_table_ids ${[...tables].join(', ')}.`,
        },
        verify: verifyCommand(snapshot),
        monthly_usd: 0,
      }),
    );
  },
};
