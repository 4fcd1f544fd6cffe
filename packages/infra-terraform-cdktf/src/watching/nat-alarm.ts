import { NAT_METRIC_NAMESPACE } from '../nat-instance/index.ts';
import type { Alarm } from './alarm.ts';

export type WatchedNat =
  | { readonly kind: 'instance'; readonly groupName: string }
  | { readonly kind: 'gateway'; readonly gatewayId: string };

export function natAlarms(environmentName: string, nat: WatchedNat | null): Alarm[] {
  if (nat === null) return [];
  return nat.kind === 'gateway'
    ? gatewayAlarms(nat.gatewayId)
    : [natPath(environmentName, nat.groupName), natLaunches(environmentName, nat.groupName)];
}

/** The watchdog reports each minute, and at once when something changes; its silence is as bad as its 0. */
function natPath(environmentName: string, groupName: string): Alarm {
  return {
    id: 'nat-path',
    heading: 'The NAT path',
    means:
      'No request gets through the NAT instance, or its watchdog is silent: functions in private subnets cannot reach the internet.',
    run: `aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names ${groupName}`,
    metric: {
      kind: 'metric',
      namespace: NAT_METRIC_NAMESPACE,
      name: 'NatDataPathOk',
      dimensions: { Environment: environmentName },
      statistic: 'Minimum',
    },
    threshold: 1,
    comparison: 'below',
    period_s: 60,
    periods: 3,
    missing: 'breaching',
  };
}

/** One launch replaces an instance, two are an update that was rolled back; a third within the hour goes nowhere. */
function natLaunches(environmentName: string, groupName: string): Alarm {
  return {
    id: 'nat-launches',
    heading: 'The NAT path',
    means: 'The NAT instance was launched three times within an hour: its successors do not set themselves up.',
    run: `aws autoscaling describe-scaling-activities --auto-scaling-group-name ${groupName} --max-items 6`,
    metric: {
      kind: 'metric',
      namespace: NAT_METRIC_NAMESPACE,
      name: 'NatLaunched',
      dimensions: { Environment: environmentName },
      statistic: 'Sum',
    },
    threshold: 2,
    comparison: 'above',
    period_s: 3600,
    periods: 1,
    missing: 'notBreaching',
  };
}

/** Of the 55,000 connections to one destination and address that a gateway holds (VPC user guide, "NAT gateway basics"). */
const CONNECTIONS_MAX = 44_000;

function gatewayAlarms(gatewayId: string): Alarm[] {
  const alarm = (
    id: string,
    name: string,
    statistic: 'Sum' | 'Maximum',
    threshold: number,
    periods: number,
    means: string,
  ): Alarm => ({
    id,
    heading: 'The NAT gateway',
    means,
    run: `aws ec2 describe-nat-gateways --nat-gateway-ids ${gatewayId}`,
    metric: { kind: 'metric', namespace: 'AWS/NATGateway', name, dimensions: { NatGatewayId: gatewayId }, statistic },
    threshold,
    comparison: 'above',
    period_s: 300,
    periods,
    missing: 'notBreaching',
  });
  return [
    alarm('nat-ports', 'ErrorPortAllocation', 'Sum', 0, 1, 'The NAT gateway had no port left for a new connection.'),
    alarm(
      'nat-connections',
      'ActiveConnectionCount',
      'Maximum',
      CONNECTIONS_MAX,
      1,
      'The NAT gateway holds 80 % of the connections that it can hold to one destination.',
    ),
    alarm(
      'nat-drops',
      'PacketsDropCount',
      'Sum',
      100,
      3,
      'The NAT gateway drops packets, for a quarter of an hour now.',
    ),
  ];
}
