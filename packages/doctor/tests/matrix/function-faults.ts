import type { Fault } from './fault.ts';
import { closeGroup, functionGroups, hasNat, interfaceEndpoints, privateSubnets } from './stack-parts.ts';

/** The function itself: limits, role, memory, egress, init phase, subnet. */
export const FUNCTION_FAULTS: readonly Fault[] = [
  {
    name: 'a function has the default time-out',
    cause: 7,
    apply: (config, random) => {
      const inside = config.inside().filter(([name]) => !/probe/.test(name));
      if (inside.length === 0) return false;
      random.pick(inside)[1].timeout = 3;
      return true;
    },
  },
  {
    name: "the function's group lets no 443 out",
    cause: 16,
    apply: (config) =>
      config.inside().some(([name]) => !/probe/.test(name)) &&
      functionGroups(config)
        .map((group) => closeGroup(config, group, 'egress', (port) => port === 443))
        .some(Boolean),
  },
  {
    name: 'a private subnet has eleven addresses',
    cause: 26,
    apply: (config, random) => {
      const subnets = privateSubnets(config);
      if (subnets.length === 0) return false;
      const [, name = ''] = random.pick(subnets).split('.');
      const found = config.all('aws_subnet').find(([each]) => each === name)?.[1];
      if (!found) return false;
      found.cidr_block = String(found.cidr_block).replace(/\/\d+$/, '/28');
      return true;
    },
  },
  {
    name: 'a role may not make network interfaces',
    cause: 27,
    hidden_in_plans: true,
    apply: (config) => {
      const [attached] = config
        .all('aws_iam_role_policy_attachment')
        .filter(([, { policy_arn }]) => String(policy_arn).includes('VPCAccess'));
      if (attached) {
        attached[1].policy_arn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
        return true;
      }
      const [inline] = config
        .all('aws_iam_role_policy')
        .filter(([, { policy }]) => String(policy).includes('LambdaMakesTheInterface'));
      if (!inline) return false;
      inline[1].policy = String(inline[1].policy).replace('"ec2:CreateNetworkInterface",', '');
      return true;
    },
  },
  {
    name: 'an extension reads secrets that cannot be reached',
    cause: 29,
    apply: (config) => {
      const [endpoint] = interfaceEndpoints(config, 'secretsmanager');
      const worker = config.inside().find(([name]) => name === 'worker')?.[1];
      if (hasNat(config) || !endpoint || !worker) return false;
      config.remove('aws_vpc_endpoint', endpoint[0]);
      worker.layers = ['arn:aws:lambda:eu-west-1:015030872274:layer:AWS-Parameters-and-Secrets-Lambda-Extension:12'];
      return true;
    },
  },
  {
    name: 'a function has 128 MB',
    cause: 30,
    apply: (config, random) => {
      const inside = config.inside().filter(([name]) => !/probe/.test(name));
      if (inside.length === 0) return false;
      random.pick(inside)[1].memory_size = 128;
      return true;
    },
  },
];
