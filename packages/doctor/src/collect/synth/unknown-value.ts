/** A value that only Terraform knows, after apply, or that cannot be computed here; with the references it is made of. */
export class UnknownValue {
  readonly references: readonly string[];

  constructor(references: readonly string[] = []) {
    this.references = references;
  }

  /** Joins what several unknown parts refer to. */
  static of(...parts: readonly unknown[]): UnknownValue {
    return new UnknownValue([...new Set(parts.flatMap((part) => referencesIn(part)))]);
  }
}

/** References in a value of any depth. */
function referencesIn(value: unknown): readonly string[] {
  if (value instanceof UnknownValue) return value.references;
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(referencesIn);
  return [];
}

export function isUnknown(value: unknown): value is UnknownValue {
  return value instanceof UnknownValue;
}

export function hasUnknown(value: unknown): boolean {
  if (value instanceof UnknownValue) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasUnknown);
}
