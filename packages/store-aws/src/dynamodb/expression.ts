import type { JsonValue } from '@slipstream/shared';

/** Gathers the names and values of one request. Both are always aliased: any name may be one of DynamoDB's 573 reserved words. */
export class Expression {
  readonly #names = new Map<string, string>();
  readonly #values: JsonValue[] = [];

  name(attribute: string): string {
    const alias = this.#names.get(attribute) ?? `#${this.#names.size}`;
    this.#names.set(attribute, alias);
    return alias;
  }

  value(value: JsonValue): string {
    return `:${this.#values.push(value) - 1}`;
  }

  /** For the request; DynamoDB takes no empty list of either. */
  get attributes(): {
    readonly ExpressionAttributeNames?: Record<string, string>;
    readonly ExpressionAttributeValues?: Record<string, JsonValue>;
  } {
    const names = Object.fromEntries([...this.#names].map(([attribute, alias]) => [alias, attribute]));
    const values = Object.fromEntries(this.#values.map((value, index) => [`:${index}`, value]));
    return {
      ...(this.#names.size > 0 ? { ExpressionAttributeNames: names } : {}),
      ...(this.#values.length > 0 ? { ExpressionAttributeValues: values } : {}),
    };
  }
}
