import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { JsonValue } from '@slipstream/shared';
import { storedName, toAttributeValue } from './attribute-values.ts';

/** Gathers the names and values of one request. Both are always aliased: any name may be one of DynamoDB's 573 reserved words. */
export class Expression {
  readonly #names = new Map<string, string>();
  readonly #values: AttributeValue[] = [];

  name(attribute: string): string {
    const stored = storedName(attribute);
    const alias = this.#names.get(stored) ?? `#${this.#names.size}`;
    this.#names.set(stored, alias);
    return alias;
  }

  value(value: JsonValue): string {
    return `:${this.#values.push(toAttributeValue(value)) - 1}`;
  }

  /** For the request; DynamoDB takes no empty list of either. */
  get attributes(): {
    readonly ExpressionAttributeNames?: Record<string, string>;
    readonly ExpressionAttributeValues?: Record<string, AttributeValue>;
  } {
    const names = Object.fromEntries([...this.#names].map(([stored, alias]) => [alias, stored]));
    const values = Object.fromEntries(this.#values.map((value, index) => [`:${index}`, value]));
    return {
      ...(this.#names.size > 0 ? { ExpressionAttributeNames: names } : {}),
      ...(this.#values.length > 0 ? { ExpressionAttributeValues: values } : {}),
    };
  }
}
