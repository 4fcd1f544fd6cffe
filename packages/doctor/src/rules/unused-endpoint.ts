import { readServiceName } from '../needs/aws-hosts.ts';
import { knowsNeeds } from '../needs/known-needs.ts';
import { PAGES } from './pages.ts';
import { makeFinding, type Rule } from './rule.ts';
import { endpointMonth, verifyCommand } from './sentences.ts';

export const unusedEndpointRule: Rule = {
  id: 'unused-endpoint',
  causes: [],
  title: 'An interface endpoint that nothing uses',
  explanation:
    "Each interface endpoint costs by zone, used or not. A function's log lines do not take the VPC's routes, and mappings poll queues by themselves: neither needs an endpoint.",
  page: PAGES.endpointServices,
  check: (examination) => {
    const { snapshot, paths } = examination;
    const used = new Set(paths.map(({ way_id }) => way_id));
    return snapshot.endpoints.flatMap((endpoint) => {
      const service = readServiceName(endpoint.service)?.service;
      const inside = snapshot.functions.some(({ vpc }) => vpc?.vpc_id === endpoint.vpc_id);
      if (
        endpoint.type !== 'Interface' ||
        used.has(endpoint.id) ||
        !service ||
        !inside ||
        !snapshot.functions.every((fn) => fn.vpc === null || knowsNeeds(fn, snapshot))
      )
        return [];
      const isSession = /^(ssmmessages|ec2messages|ecr|ssm$)/.test(service);
      const saving = endpointMonth(snapshot, endpoint.subnet_ids?.length ?? 1);
      return isSession
        ? []
        : [
            makeFinding(examination, unusedEndpointRule, {
              severity: 'advice',
              certainty: 'inferred',
              message: `No function of this VPC uses ${endpoint.id} (${service})${service === 'logs' ? ': log lines take Lambda’s own way' : service === 'sqs' ? ': mappings poll by themselves' : ''}.`,
              resources: [endpoint.id],
              evidence: [`no need of any function resolves to ${endpoint.id}`],
              fix: {
                command: `aws ec2 delete-vpc-endpoints --vpc-endpoint-ids ${endpoint.id}`,
                change: `Take ${endpoint.id} out.`,
              },
              verify: verifyCommand(snapshot),
              monthly_usd: saving === null ? null : -saving,
            }),
          ];
    });
  },
};
