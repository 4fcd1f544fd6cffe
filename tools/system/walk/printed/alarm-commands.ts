import { CloudWatchClient, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import type { Printed } from './commands-in.ts';

/** The command that each deployed alarm tells to begin with. */
export async function alarmCommands(endpoint: string, region: string, stack: string): Promise<Printed[]> {
  const client = new CloudWatchClient({ endpoint, region });
  const printed: Printed[] = [];
  for await (const page of paginateDescribeAlarms({ client }, { AlarmNamePrefix: `${stack}-` }))
    for (const { AlarmName = '', AlarmDescription = '' } of page.MetricAlarms ?? []) {
      const command = / Run: (.+?) Then: RUNBOOK\.md/.exec(AlarmDescription)?.[1];
      if (command === undefined) throw new Error(`${AlarmName} says no command: ${AlarmDescription}`);
      printed.push({ command, where: `the alarm ${AlarmName}` });
    }
  client.destroy();
  return printed;
}
