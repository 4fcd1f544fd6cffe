import { PAGES } from './pages.ts';
import { makeFinding, type Rule } from './rule.ts';

export const natSaturatedRule: Rule = {
  id: 'nat-saturated',
  causes: [42],
  title: 'A NAT is out of ports, connections or CPU credits',
  explanation:
    'A NAT gateway holds 55,000 connections to one destination for each of its addresses (not five: see the myths) and counts what it refuses in ErrorPortAllocation. A NAT instance has a connection table and, as a burstable type, CPU credits: when either is used up the first calls pass and the rest hang.',
  page: PAGES.natMetrics,
  check: (examination) =>
    examination.snapshot.metrics.flatMap(({ resource_id, name, value, minutes }) => {
      const sentence =
        name === 'ErrorPortAllocation' && value > 0
          ? `refused ${value} connections in ${minutes} minutes for want of ports`
          : name === 'CPUCreditBalance' && value < 5
            ? `has ${value} CPU credits left`
            : name === 'ConntrackAllowanceExceeded' && value > 0
              ? `dropped ${value} packets because its connection table is full`
              : name === 'ConntrackUsedPercent' && value >= 90
                ? `has used ${value} % of its connection table`
                : name === 'PacketsDropCount' && value > 0
                  ? `dropped ${value} packets in ${minutes} minutes`
                  : null;
      if (sentence === null) return [];
      const isGateway = resource_id.startsWith('nat-');
      return [
        makeFinding(examination, natSaturatedRule, {
          severity: 'error',
          certainty: 'measured',
          message: `The NAT ${resource_id} ${sentence}: some calls through it hang.`,
          resources: [resource_id],
          evidence: [`${name} ${value} over ${minutes} minutes`],
          fix: {
            command: isGateway
              ? `aws ec2 assign-private-nat-gateway-address --nat-gateway-id ${resource_id} --private-ip-address-count 1`
              : `aws ec2 modify-instance-attribute --instance-id ${resource_id} --instance-type t4g.small`,
            change:
              'Add gateway endpoints for S3 and DynamoDB (free), keep connections alive, or give the NAT more addresses or a larger type.',
          },
          verify: `aws cloudwatch get-metric-statistics --namespace AWS/${isGateway ? 'NATGateway' : 'EC2'} --metric-name ${name} --dimensions Name=${isGateway ? 'NatGatewayId' : 'InstanceId'},Value=${resource_id} --statistics Sum --period 300 --start-time START --end-time END`,
        }),
      ];
    }),
};
