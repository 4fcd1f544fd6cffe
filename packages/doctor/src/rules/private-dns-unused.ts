import { gatewayEndpoints, interfaceEndpoints } from '../reach/name-resolution.ts';
import { PAGES } from './pages.ts';
import { makeFinding, nameSome, type Rule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

/** An endpoint that a function's calls pass by: paid for, and a fault in waiting. */
export const privateDnsUnusedRule: Rule = {
  id: 'private-dns-unused',
  causes: [19],
  title: 'An endpoint is passed by: private DNS, or the host that is called',
  explanation:
    'The name still resolves to public addresses, so calls take the NAT although an endpoint stands there. They hang as soon as the NAT does.',
  page: PAGES.endpointDns,
  check: (examination) => {
    const { snapshot, index, paths } = examination;
    return snapshot.endpoints.flatMap((endpoint) => {
      if (endpoint.type !== 'Interface') return [];
      const passing = paths.filter(
        ({ need, way, subnet_id, verdict }) =>
          subnet_id !== null &&
          verdict !== 'broken' &&
          need.kind === 'aws' &&
          ['nat gateway', 'nat instance', 'firewall', 'transit gateway'].includes(way) &&
          interfaceEndpoints(index, index.vpcOf(subnet_id)?.id ?? null, need.service).some(
            ({ id }) => id === endpoint.id,
          ) &&
          (need.region === null || need.region === snapshot.region),
      );
      const [first] = passing;
      if (!first) return [];
      const vpc = index.vpcs.get(endpoint.vpc_id ?? '');
      const isDnsOff = endpoint.private_dns === false || vpc?.dns_hostnames === false || vpc?.dns_support === false;
      if (!isDnsOff && !first.need.legacy) return [];
      const names = [
        ...new Set(passing.map(({ function_id }) => index.functions.get(function_id)?.name ?? function_id)),
      ];
      const why =
        first.need.legacy && !isDnsOff
          ? `${first.need.host} is not among its names`
          : endpoint.private_dns === false
            ? 'its private DNS is off'
            : `enableDns${vpc?.dns_support === false ? 'Support' : 'Hostnames'} of ${vpc?.id} is off`;
      return [
        makeFinding(examination, privateDnsUnusedRule, {
          severity: 'warning',
          causes: first.need.legacy && !isDnsOff ? [6] : [19],
          message: `${nameSome(names)} passes ${endpoint.id} by and takes the ${first.way}: ${why}.`,
          resources: [isDnsOff && endpoint.private_dns !== false ? (vpc?.id ?? endpoint.id) : endpoint.id, endpoint.id],
          functions: names,
          destination: `${first.need.host}:${first.need.port}`,
          evidence: [
            `${endpoint.id}: private DNS ${endpoint.private_dns}`,
            `${vpc?.id}: hostnames ${vpc?.dns_hostnames}, support ${vpc?.dns_support}`,
          ],
          fix: {
            command: `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${endpoint.id} --private-dns-enabled`,
            change: `Set private_dns_enabled = true on ${endpoint.id} (and both DNS attributes of the VPC).`,
          },
          verify: verifyCommand(snapshot),
          monthly_usd: null,
        }),
      ];
    });
  },
};

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
    for (const { need, way, subnet_id, function_id, verdict } of paths) {
      if (subnet_id === null || verdict === 'broken' || !['nat gateway', 'nat instance'].includes(way)) continue;
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
