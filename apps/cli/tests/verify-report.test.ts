import { reportOf } from '@slipstream/doctor';
import { reportSchema } from '@slipstream/shared';
import { expect, test } from 'vitest';

const step = { step: 'reach s3', ok: false, detail: 'tcp: TIMED_OUT', remedy: 'Open the route.', duration_ms: 5_000 };

test('a step of verify that failed is a finding in the doctor’s words', () => {
  const report = reportSchema.parse(reportOf([step, { ...step, step: 'clean up', ok: true, remedy: null }], 'again'));
  expect(report.healthy).toBe(false);
  expect(report.findings).toHaveLength(1);
  expect(report.findings[0]).toMatchObject({
    id: 'verify-reach-s3',
    severity: 'error',
    certainty: 'measured',
    fix: { change: 'Open the route.' },
    verify: 'again',
  });
});
