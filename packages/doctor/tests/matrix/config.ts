import { z } from 'zod';

/** A stack as JSON, to be broken: `resource[type][name][attribute]`. */
const configSchema = z.looseObject({
  resource: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))),
});
export type Attributes = Record<string, unknown>;

export class Config {
  readonly document: z.infer<typeof configSchema>;

  constructor(document: unknown) {
    this.document = configSchema.parse(structuredClone(document));
  }

  copy(): Config {
    return new Config(this.document);
  }

  text(): string {
    return JSON.stringify(this.document);
  }

  all(type: string): [string, Attributes][] {
    return Object.entries(this.document.resource[type] ?? {});
  }

  has(type: string): boolean {
    return this.all(type).length > 0;
  }

  /** Those whose attribute refers to another resource. */
  referring(type: string, attribute: string, to: string): [string, Attributes][] {
    return this.all(type).filter(([, value]) => JSON.stringify(value[attribute] ?? null).includes(to));
  }

  add(type: string, name: string, attributes: Attributes): void {
    this.document.resource[type] = { ...this.document.resource[type], [name]: attributes };
  }

  remove(type: string, name: string): void {
    delete this.document.resource[type]?.[name];
  }

  /** Functions in a VPC. */
  inside(): [string, Attributes][] {
    return this.all('aws_lambda_function').filter(([, { vpc_config }]) => vpc_config !== undefined);
  }
}

export function objectAt(attributes: Attributes, name: string): Attributes {
  const value = [attributes[name]].flat()[0];
  return z.record(z.string(), z.unknown()).parse(value ?? {});
}

export function listAt(attributes: Attributes, name: string): string[] {
  return z.array(z.string()).parse(attributes[name] ?? []);
}

/** `aws_subnet.app` of `${aws_subnet.app.id}`. */
export function addressOf(reference: unknown): string {
  return /\$\{([a-z0-9_]+\.[\w-]+(?:\[[^\]]*\])?)/.exec(String(reference))?.[1] ?? '';
}
