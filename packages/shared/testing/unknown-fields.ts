/** What a later release may have written. */
export const ADDED_LATER = { by: 'a later release', list: [1, { deep: true }] };

/** A stored object with a field that no schema names, in it and in every object that it holds. */
export function withUnknownFields<T>(value: T): T;
export function withUnknownFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => withUnknownFields(one));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, one]) => [name, withUnknownFields(one)]);
  return { ...Object.fromEntries(fields), added_later: ADDED_LATER };
}
