/** An event without a record: somebody asks whether the function starts at all. Nothing is done for it. */
export function isHealthCheck(event: unknown): boolean {
  const { Records } = Object(event);
  return Array.isArray(Records) && Records.length === 0;
}
