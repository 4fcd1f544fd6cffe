/** Services whose events reach a function asynchronously: what fails twice is dropped [Lambda guide, "Asynchronous invocation"]. */
const SOURCES = new Set(['s3.amazonaws.com', 'sns.amazonaws.com', 'ses.amazonaws.com', 'iot.amazonaws.com']);

export function isAsyncSource(principal: string): boolean {
  return SOURCES.has(principal);
}
