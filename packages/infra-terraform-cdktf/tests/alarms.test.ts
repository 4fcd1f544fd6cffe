import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { synthesised } from './support/synthesised.ts';

const runbook = readFileSync(new URL('../../../RUNBOOK.md', import.meta.url), 'utf8');
const headings = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
const alarmsOf = (stack: ReturnType<typeof synthesised>) =>
  stack.all('aws_cloudwatch_metric_alarm').map(([, alarm]) => alarm);
const alarms = alarmsOf(synthesised());
const gatewayAlarms = alarmsOf(synthesised({ nat: { kind: 'gateway' } }));

test('every alarm says what it means, what to run, and a heading of the runbook that exists', () => {
  expect(alarms.length).toBeGreaterThan(30);
  for (const { alarm_name, alarm_description } of [...alarms, ...gatewayAlarms]) {
    const heading = /RUNBOOK\.md, "([^"]+)"\.$/.exec(String(alarm_description))?.[1];
    expect(headings, String(alarm_name)).toContain(heading);
    expect(String(alarm_description)).toMatch(/ Run: \S/);
    // CloudWatch takes 1,024 characters.
    expect(String(alarm_description).length).toBeLessThan(1024);
  }
});

/** The budget's, and what happens on a machine that no alarm of AWS watches. */
const OF_NO_ALARM = ['Monthly cost', 'The OCR engine is not well', 'The data folder came to harm'];

test('every heading of the runbook belongs to an alarm, or to what none watches', () => {
  const used = new Set(
    [...alarms, ...gatewayAlarms].map(
      ({ alarm_description }) => /RUNBOOK\.md, "([^"]+)"/.exec(String(alarm_description))?.[1],
    ),
  );
  expect(OF_NO_ALARM).toEqual(expect.arrayContaining(headings.filter((heading) => !used.has(heading))));
});

test('somebody is told of each', () => {
  for (const alarm of alarms) expect(alarm.alarm_actions).toEqual([`\${${synthesised().idOf('aws_sns_topic')}.arn}`]);
});

test('age, dead letters, errors, throttles, duration, NAT path, stream, sweeper, missing agent and cost are watched', () => {
  const metrics = new Set(alarms.map(({ metric_name }) => metric_name));
  for (const name of [
    'ApproximateAgeOfOldestMessage',
    'ApproximateNumberOfMessagesVisible',
    'Errors',
    'Throttles',
    'Duration',
    'NatDataPathOk',
    'IteratorAge',
    'sweeper_given_up',
    '5xx',
  ]) {
    expect(metrics).toContain(name);
  }
  const noAgent = alarms.find(({ alarm_name }) => alarm_name === 'slipstream-dev-no-agent');
  expect(noAgent?.evaluation_periods).toBe(3);
  expect(JSON.stringify(noAgent?.metric_query)).toContain('NumberOfEmptyReceives');
  expect(synthesised().has('aws_budgets_budget')).toBe(true);
});

test('a silent NAT watchdog is as bad as a failing one', () => {
  expect(alarms.find(({ metric_name }) => metric_name === 'NatDataPathOk')).toMatchObject({
    treat_missing_data: 'breaching',
  });
});

test('a NAT that is launched again and again alarms, and so does a NAT gateway that runs out of ports or drops packets', () => {
  expect(alarms.find(({ metric_name }) => metric_name === 'NatLaunched')).toMatchObject({
    statistic: 'Sum',
    period: 3600,
    threshold: 2,
    comparison_operator: 'GreaterThanThreshold',
  });
  const watched = gatewayAlarms.flatMap(({ namespace, metric_name }) =>
    namespace === 'AWS/NATGateway' ? [metric_name] : [],
  );
  expect(watched.toSorted()).toEqual(['ActiveConnectionCount', 'ErrorPortAllocation', 'PacketsDropCount']);
});
