import { METRICS_NAMESPACE } from '@slipstream/shared';
import { expect, it } from 'vitest';
import { metricFields } from '../../src/work/metric-fields.ts';

const NOW = 1_780_000_000_000;
const done = { function: 'submit-job', outcome: 'done', duration_ms: 12, age_ms: 340 };

/** As CloudWatch reads a line: metric and dimensions → value. */
function reported(fields: Readonly<Record<string, unknown>>): Map<string, unknown> {
  const { CloudWatchMetrics } = Object(fields._aws);
  const found = new Map<string, unknown>();
  for (const { Namespace, Dimensions, Metrics } of CloudWatchMetrics) {
    expect(Namespace).toBe(METRICS_NAMESPACE);
    for (const dimensions of Dimensions)
      for (const { Name } of Metrics)
        found.set(`${Name} ${dimensions.map((name: string) => fields[name]).join(' ')}`, fields[Name]);
  }
  return found;
}

it('counts by outcome, and times by function: a combination that nobody looks at would be billed as well', () => {
  expect(reported(metricFields(done, 'dev', NOW))).toEqual(
    new Map([
      ['count dev submit-job done', 1],
      ['duration_ms dev submit-job', 12],
      ['age_ms dev submit-job', 340],
    ]),
  );
});

it('names no age where none is known', () => {
  const fields = metricFields({ ...done, age_ms: null }, 'dev', NOW);
  expect([...reported(fields).keys()]).toEqual(['count dev submit-job done', 'duration_ms dev submit-job']);
  expect(fields).not.toHaveProperty('age_ms');
});
