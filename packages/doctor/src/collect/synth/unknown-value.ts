/** Where a value that is not known is written: the module, and which instance of a resource. */
export interface Origin {
  /** `module.net.`; empty: the root. */
  readonly prefix: string;
  readonly key: string | number | null;
}

/** A value that only Terraform knows, after apply, or that cannot be computed here; with the references it is made of. */
export class UnknownValue {
  readonly references: readonly string[];
  readonly origin: Origin | null;

  constructor(references: readonly string[] = [], origin: Origin | null = null) {
    this.references = references;
    this.origin = origin;
  }

  /** Joins what several unknown parts refer to. */
  static of(...parts: readonly unknown[]): UnknownValue {
    const origin = parts.find((part) => part instanceof UnknownValue && part.origin !== null);
    return new UnknownValue(
      [...new Set(parts.flatMap((part) => referencesIn(part)))],
      origin instanceof UnknownValue ? origin.origin : null,
    );
  }
}

/** References in a value of any depth. */
export function referencesIn(value: unknown): readonly string[] {
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
