/** The region that a queue's URL names (`sqs.{region}.amazonaws.com`, the older `{region}.queue.amazonaws.com`); null for others. */
export function regionOfQueue(url: string): string | null {
  const host = URL.parse(url)?.hostname ?? '';
  const named = /^(?:sqs(?:-fips)?\.([a-z0-9-]+)|([a-z0-9-]+)\.queue)\.amazonaws\.com(?:\.cn)?$/.exec(host);
  return named?.[1] ?? named?.[2] ?? null;
}
