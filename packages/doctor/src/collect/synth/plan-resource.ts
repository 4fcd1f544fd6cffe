import { computedAttribute } from './computed-attribute.ts';
import { arrayOf, objectOf } from './functions.ts';
import type { PlannedValues } from './plan-schema.ts';
import type { Resource } from './resource.ts';
import { UnknownValue } from './unknown-value.ts';

/** What a planned resource takes from the plan around it. */
export interface PlanSurroundings {
  readonly region: string | null;
  /** Region of the resource's own provider; null: the plan's. */
  readonly ownRegion: string | null;
  readonly prefix: string;
  readonly afterUnknown: unknown;
  readonly expressions: Readonly<Record<string, unknown>>;
  /** The value of an entry of `configuration…expressions`, as this resource sees it. */
  evaluate(expression: unknown, isPart: boolean): unknown;
  /** What the module was given under a name that ends in an attribute's: what `dynamic` blocks hide. */
  given(attribute: string): unknown;
}

/** Texts and maps that references are only a part of. */
const PARTS = new Set(['variables', 'user_data', 'user_data_base64']);

/** One resource of a plan or state: planned values where they are known, else what the configuration refers to. */
export class PlanResource implements Resource {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly key: string | number | null;
  readonly #around: PlanSurroundings;
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #unknown: Readonly<Record<string, unknown>>;
  readonly #computed = new Map<string, unknown>();

  constructor(values: PlannedValues, around: PlanSurroundings) {
    this.#around = around;
    this.#values = values.values ?? {};
    this.#unknown = objectOf(around.afterUnknown);
    this.address = values.address;
    this.mode = values.mode;
    this.type = values.type;
    this.name = values.name;
    this.key = values.index ?? null;
  }

  get region(): string | null {
    return this.#around.ownRegion;
  }

  declares(name: string): boolean {
    if (this.#around.expressions[name] !== undefined) return true;
    const value = this.#values[name];
    return value !== undefined && value !== null;
  }

  written(name: string): string | null {
    const value = objectOf(this.#around.expressions[name]).constant_value;
    return value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);
  }

  attribute(name: string): unknown {
    if (this.#computed.has(name)) return this.#computed.get(name);
    this.#computed.set(name, new UnknownValue([`${this.address}.${name}`]));
    const value = this.#resolve(name);
    this.#computed.set(name, value);
    return value;
  }

  #resolve(name: string): unknown {
    const value = this.#values[name];
    const unknown = this.#unknown[name];
    const expression = this.#around.expressions[name];
    if (unknown === true || (value === undefined && expression !== undefined)) {
      if (expression === undefined) return computedAttribute(this, name, this.#around);
      return this.#around.evaluate(expression, PARTS.has(name));
    }
    if (value === undefined) return computedAttribute(this, name, this.#around);
    if (value === null && this.mode === 'data' && expression === undefined) return null;
    return this.#merge(name, value, unknown, expression);
  }

  #merge(name: string, value: unknown, unknown: unknown, expression: unknown): unknown {
    if (unknown === true)
      return expression === undefined ? this.#around.given(name) : this.#around.evaluate(expression, PARTS.has(name));
    if (typeof unknown !== 'object' || unknown === null) return value;
    if (Array.isArray(unknown)) {
      const list = arrayOf(value);
      const parts = Array.isArray(expression) ? expression : null;
      return Array.from({ length: Math.max(list.length, unknown.length) }, (_, at) =>
        this.#merge(name, list[at], unknown[at], parts ? parts[at] : expression),
      );
    }
    const entry = objectOf(expression);
    // Blocks that were written as an attribute have one list of references for all of them.
    const isShared = 'references' in entry || 'constant_value' in entry;
    const merged: Record<string, unknown> = { ...objectOf(value) };
    for (const [part, hidden] of Object.entries(unknown))
      merged[part] = this.#merge(part, merged[part], hidden, isShared ? expression : entry[part]);
    return merged;
  }
}
