import { NAT_METRIC_NAMESPACE } from '../nat-instance/nat-role.ts';
import type { Alarm } from './alarm.ts';

/** The watchdog reports each minute, and at once when something changes; its silence is as bad as its 0. */
export function natPath(environmentName: string, groupName: string): Alarm {
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
