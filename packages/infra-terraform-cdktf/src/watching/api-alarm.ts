import type { Alarm } from './alarm.ts';

export function apiErrors(apiId: string, apiUrl: string): Alarm {
  return {
    id: 'http-api-errors',
    heading: 'API errors',
    means: 'The API answers with 5xx.',
    run: `curl -i ${apiUrl}/health`,
    metric: {
      kind: 'metric',
      namespace: 'AWS/ApiGateway',
      name: '5xx',
      dimensions: { ApiId: apiId },
      statistic: 'Sum',
    },
    threshold: 0,
    comparison: 'above',
    period_s: 300,
    periods: 1,
    missing: 'notBreaching',
  };
}
