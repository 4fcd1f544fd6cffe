/** Where the functions' metrics are kept and the dashboard finds them; several environments of one account share it. */
export const METRICS_NAMESPACE = 'Slipstream';
