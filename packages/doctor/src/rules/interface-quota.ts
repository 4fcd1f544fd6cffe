import { PAGES } from './pages.ts';
import { makeFinding, nameSome, type Rule } from './rule.ts';
import { verifyCommand } from './sentences.ts';

const NEAR = 0.9;
const KINDS = [
  ['LambdaInterfaces', 'lambda', 'L-9FEE3D26', 'of Lambda in this VPC'],
  ['Interfaces', 'vpc', 'L-DF5E4CA3', 'in this region'],
] as const;

export const interfaceQuotaRule: Rule = {
  id: 'interface-quota',
  causes: [26],
  title: 'The quota of network interfaces is used up',
  explanation:
    'Lambda makes one network interface for each pair of subnet and set of security groups. Where the quota (500 of Lambda a VPC, 5,000 a region, unless raised) is reached, new functions stay Pending and fail with EniLimitExceeded. Functions that share subnets and groups share interfaces.',
  page: PAGES.lambdaVpc,
  check: (examination) => {
    const { snapshot } = examination;
    const metricOf = (id: string, name: string) =>
      snapshot.metrics.find((each) => each.resource_id === id && each.name === name)?.value ?? null;
    return snapshot.vpcs.flatMap(({ id }) =>
      KINDS.flatMap(([name, service, code, where]) => {
        const [used, quota] = [metricOf(id, name), metricOf(id, `${name}Quota`)];
        if (used === null || quota === null || quota <= 0 || used < quota * NEAR) return [];
        const users = snapshot.functions.filter(({ vpc }) => vpc?.vpc_id === id);
        return [
          makeFinding(examination, interfaceQuotaRule, {
            severity: used >= quota ? 'error' : 'warning',
            certainty: 'measured',
            message: `${used} of ${quota} network interfaces ${where} are used: the next function of ${id} cannot be attached.`,
            resources: [id],
            functions: users.slice(0, 5).map((fn) => fn.name),
            evidence: [
              `${used} interfaces, quota ${code}: ${quota}`,
              `functions in ${id}: ${nameSome(users.map((fn) => fn.name))}`,
            ],
            fix: {
              command: `aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${quota * 2}`,
              change: 'Let functions share subnets and security groups, or have the quota raised.',
            },
            verify: verifyCommand(snapshot, users.slice(0, 1)),
          }),
        ];
      }),
    );
  },
};
