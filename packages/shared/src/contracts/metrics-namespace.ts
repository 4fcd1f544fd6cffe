/** Where the functions' metrics are kept and the dashboard finds them; several environments of one account share it. */
export const METRICS_NAMESPACE = 'Slipstream';

/**
 * What a unit of work reports, and by which dimensions. Each combination that occurs is a custom metric and is billed
 * ($0.30 a month, by the hour in which it is reported), so none is counted by a dimension that nobody looks at.
 */
export const WORK_METRICS = [
  { dimensions: ['environment', 'function', 'outcome'], metrics: [{ name: 'count', unit: 'Count' }] },
  {
    dimensions: ['environment', 'function'],
    metrics: [
      { name: 'duration_ms', unit: 'Milliseconds' },
      // Left out where it is not known since when the work has waited.
      { name: 'age_ms', unit: 'Milliseconds' },
    ],
  },
] as const;

/** `failed` instead of `retry` for the API's requests. */
export const WORK_OUTCOMES = ['done', 'retry', 'rejected'] as const;
