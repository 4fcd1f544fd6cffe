import { interfaceEndpoints } from '../reach/name-resolution.ts';
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
        ({ need, way, subnet_id, breaks }) =>
          subnet_id !== null &&
          need.kind === 'aws' &&
          ['nat gateway', 'nat instance', 'firewall', 'transit gateway', 'internet gateway', 'none'].includes(way) &&
          !breaks.some(({ rule }) => ['private-dns-off', 'vpc-dns-off', 'legacy-host'].includes(rule)) &&
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
          message: `${nameSome(names)} passes ${endpoint.id} by${first.way === 'none' ? '' : ` and takes the ${first.way}`}: ${why}.`,
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
