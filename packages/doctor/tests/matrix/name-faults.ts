import type { Fault } from './fault.ts';
import { hasNat, interfaceEndpoints, isForeign, setVariable, vpcOf } from './stack-parts.ts';

/** Names: resolvers, zones, hosts that nothing answers for. */
export const NAME_FAULTS: readonly Fault[] = [
  {
    name: 'STS is called at its global host',
    cause: 6,
    hidden_in_plans: true,
    apply: (config) => {
      if (hasNat(config) || interfaceEndpoints(config, 'sts').length === 0 || !isForeign(config)) return false;
      const policy = config.all('aws_iam_role_policy').find(([name]) => name === 'worker')?.[1];
      if (!policy) return false;
      policy.policy = String(policy.policy).replace(
        '"Statement":[',
        '"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::111122223333:role/other"},',
      );
      return setVariable(config, 'AWS_STS_REGIONAL_ENDPOINTS', 'legacy');
    },
  },
  {
    name: 'a queue is called at its legacy host',
    cause: 6,
    hidden_in_plans: true,
    apply: (config) =>
      !hasNat(config) &&
      isForeign(config) &&
      interfaceEndpoints(config, 'sqs').length > 0 &&
      setVariable(config, 'OLD_QUEUE', 'https://eu-west-1.queue.amazonaws.com/111122223333/mails'),
  },
  {
    name: "DNS servers of one's own, and no port 53 out",
    cause: 17,
    apply: (config) => {
      const vpc = vpcOf(config);
      if (!vpc || config.inside().length === 0) return false;
      const cidr = String(config.all('aws_vpc')[0]?.[1].cidr_block).split('.').slice(0, 2).join('.');
      config.add('aws_vpc_dhcp_options', 'own', { domain_name_servers: [`${cidr}.101.53`] });
      config.add('aws_vpc_dhcp_options_association', 'own', {
        vpc_id: `\${aws_vpc.${vpc}.id}`,
        dhcp_options_id: '${aws_vpc_dhcp_options.own.id}',
      });
      return true;
    },
  },
  {
    name: 'DHCP options name a server in another network',
    cause: 18,
    apply: (config) => {
      const vpc = vpcOf(config);
      if (!vpc || config.inside().length === 0 || hasNat(config)) return false;
      config.add('aws_vpc_dhcp_options', 'far', { domain_name_servers: ['192.168.77.53'] });
      config.add('aws_vpc_dhcp_options_association', 'far', {
        vpc_id: `\${aws_vpc.${vpc}.id}`,
        dhcp_options_id: '${aws_vpc_dhcp_options.far.id}',
      });
      return true;
    },
  },
  {
    name: 'a queue is in another region, without a NAT',
    cause: 23,
    hidden_in_plans: true,
    apply: (config) =>
      isForeign(config) &&
      !hasNat(config) &&
      setVariable(config, 'FAR_QUEUE', 'https://sqs.us-west-2.amazonaws.com/111122223333/far'),
  },
  {
    name: 'a third party is called, without a NAT',
    cause: 24,
    hidden_in_plans: true,
    apply: (config) =>
      isForeign(config) && !hasNat(config) && setVariable(config, 'PAY_URL', 'https://api.payments.example.com/v1'),
  },
  {
    name: 'a private zone answers for amazonaws.com',
    cause: 38,
    apply: (config) => {
      const vpc = vpcOf(config);
      if (!vpc || !config.inside().some(([name]) => !/probe/.test(name))) return false;
      config.add('aws_route53_zone', 'shadow', { name: 'amazonaws.com', vpc: [{ vpc_id: `\${aws_vpc.${vpc}.id}` }] });
      return true;
    },
  },
  {
    name: 'AWS_ENDPOINT_URL sends every service to one host',
    cause: 41,
    hidden_in_plans: true,
    apply: (config) =>
      setVariable(
        config,
        'AWS_ENDPOINT_URL',
        'https://vpce-0123456789abcdef0-abcdefgh.sqs.eu-west-1.vpce.amazonaws.com',
      ),
  },
];
