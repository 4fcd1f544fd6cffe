import { z } from 'zod';
import { computedAttribute } from './computed-attribute.ts';
import { evaluateDeep, type Lazy, type Scope } from './evaluate.ts';
import { arrayOf, objectOf } from './functions.ts';
import { addressIn, type Resource, type TerraformStack } from './resource.ts';
import { isUnknown, UnknownValue } from './unknown-value.ts';

const block = z.record(z.string(), z.unknown());
const blocks = z.record(
  z.string(),
  z.record(
    z.string(),
    z.union([block, z.array(block)]).transform((one) => [one].flat()[0] ?? {}),
  ),
);

export const configSchema = z.looseObject({
  resource: blocks.default({}),
  data: blocks.default({}),
  provider: z.record(z.string(), z.union([block, z.array(block)])).default({}),
  variable: z.record(z.string(), z.union([block, z.array(block)])).default({}),
  locals: z.union([block, z.array(block)]).default({}),
  module: z.record(z.string(), z.unknown()).default({}),
});
export type Config = z.infer<typeof configSchema>;

/** A stack as its `*.tf.json` says: every resource that it makes, with values that are computed when they are read. */
export function configStack(config: Config): TerraformStack {
  return new ConfigStack(config);
}

class ConfigStack implements TerraformStack {
  readonly kind = 'synth';
  readonly region: string | null;
  readonly resources: readonly Resource[];
  readonly notes: readonly string[];
  readonly #config: Config;
  readonly #byLabel = new Map<string, ConfigResource[]>();
  readonly #multiple = new Map<string, 'count' | 'for_each'>();
  readonly #locals: Readonly<Record<string, unknown>>;
  readonly #underWay = new Set<string>();

  constructor(config: Config) {
    this.#config = config;
    this.#locals = Object.assign({}, ...[config.locals].flat());
    const provider = [config.provider.aws ?? {}].flat().find((each) => each.alias === undefined);
    const region = evaluateDeep(provider?.region ?? null, this.scope(null));
    this.region = typeof region === 'string' ? region : null;
    for (const [mode, types] of [
      ['managed', config.resource],
      ['data', config.data],
    ] as const)
      for (const [type, named] of Object.entries(types))
        for (const [name, raw] of Object.entries(named)) this.#add(mode, type, name, raw);
    this.resources = [...this.#byLabel.values()].flat();
    const modules = Object.keys(config.module);
    this.notes =
      modules.length > 0
        ? [
            `The modules ${modules.join(', ')} are not in this file: give terraform show -json of a plan to have them examined.`,
          ]
        : [];
  }

  #add(mode: 'managed' | 'data', type: string, name: string, raw: Record<string, unknown>): void {
    const label = `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
    const make = (key: string | number | null, value: unknown) =>
      new ConfigResource(this, mode, type, name, raw, key, value);
    this.#byLabel.set(label, []);
    if (raw.count !== undefined) {
      this.#multiple.set(label, 'count');
      const count = evaluateDeep(raw.count, this.scope(null));
      const number = isUnknown(count) ? 1 : Number(count);
      this.#byLabel.set(
        label,
        Array.from({ length: Number.isFinite(number) ? Math.min(number, 5_000) : 1 }, (_, at) => make(at, at)),
      );
    } else if (raw.for_each !== undefined) {
      this.#multiple.set(label, 'for_each');
      const each = evaluateDeep(raw.for_each, this.scope(null));
      if (isUnknown(each)) {
        // As one, since how many there are is not known.
        this.#byLabel.set(label, [make(null, each)]);
        return;
      }
      const pairs = Array.isArray(each)
        ? each.map((value) => [String(value), value] as const)
        : Object.entries(objectOf(each));
      this.#byLabel.set(
        label,
        pairs.map(([key, value]) => make(key, value)),
      );
    } else this.#byLabel.set(label, [make(null, null)]);
  }

  referred(reference: string): readonly Resource[] {
    const address = addressIn(reference);
    if (address === null) return [];
    const [label = ''] = address.split('[');
    const instances = this.#byLabel.get(label) ?? [];
    return address === label ? instances : instances.filter((one) => one.address === address);
  }

  configures(address: string): boolean {
    return this.#multiple.has(address.split('[')[0] ?? '');
  }

  /** What the file does not say is of modules, and of what they make nothing is known. */
  likely(): readonly Resource[] {
    return [];
  }

  regionOf(provider: unknown): string | null {
    const alias = typeof provider === 'string' ? provider.replace(/^aws\./, '') : null;
    const named = [this.#config.provider.aws ?? []].flat().find((each) => alias !== null && each.alias === alias);
    const region = named === undefined ? null : evaluateDeep(named.region ?? null, this.scope(null));
    return typeof region === 'string' && region !== this.region ? region : null;
  }

  /** Names as seen from a resource (null: from the stack itself). */
  scope(from: { readonly key: string | number | null; readonly value: unknown } | null): Scope {
    return {
      root: (name) => {
        if (name === 'count') return { index: from?.key ?? 0 };
        if (name === 'each') return { key: from?.key ?? null, value: from?.value ?? null };
        if (name === 'var') return this.#lazy((variable) => this.#variable(variable));
        if (name === 'local') return this.#lazy((local) => this.#local(local));
        if (name === 'data')
          return this.#lazy((type) => this.#lazy((label) => this.#instances(`data.${type}.${label}`)));
        if (name === 'module' || name === 'path' || name === 'terraform') return new UnknownValue();
        return this.#lazy((label) => this.#instances(`${name}.${label}`));
      },
    };
  }

  #lazy(attribute: (name: string) => unknown): Lazy {
    return { attribute };
  }

  #instances(label: string): unknown {
    const instances = this.#byLabel.get(label);
    // Named and not there: Terraform would refuse it; whoever reads it sees what is missing.
    if (!instances) return { attribute: (name: string) => new UnknownValue([`${label}.${name}`]) } satisfies Lazy;
    if (this.#multiple.get(label) === 'for_each')
      return Object.fromEntries(instances.map((one) => [String(one.key), one]));
    return this.#multiple.has(label) ? instances : instances[0];
  }

  #variable(name: string): unknown {
    const declared = [this.#config.variable[name] ?? {}].flat()[0];
    return declared && 'default' in declared ? declared.default : new UnknownValue([`var.${name}`]);
  }

  #local(name: string): unknown {
    if (!(name in this.#locals) || this.#underWay.has(name)) return new UnknownValue([`local.${name}`]);
    this.#underWay.add(name);
    try {
      return evaluateDeep(this.#locals[name], this.scope(null));
    } finally {
      this.#underWay.delete(name);
    }
  }
}

class ConfigResource implements Resource {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly key: string | number | null;
  readonly #stack: ConfigStack;
  readonly #raw: Readonly<Record<string, unknown>>;
  readonly #value: unknown;
  readonly #computed = new Map<string, unknown>();

  constructor(
    stack: ConfigStack,
    mode: 'managed' | 'data',
    type: string,
    name: string,
    raw: Readonly<Record<string, unknown>>,
    key: string | number | null,
    value: unknown,
  ) {
    this.#stack = stack;
    this.#raw = raw;
    this.#value = value;
    this.mode = mode;
    this.type = type;
    this.name = name;
    this.key = key;
    const index = key === null ? '' : `[${JSON.stringify(key)}]`;
    this.address = `${mode === 'data' ? 'data.' : ''}${type}.${name}${index}`;
  }

  get region(): string | null {
    const own = this.#raw.region;
    return (
      this.#stack.regionOf(this.#raw.provider) ??
      (this.type !== 'aws_vpc_peering_connection' && typeof own === 'string' && own !== this.#stack.region ? own : null)
    );
  }

  declares(name: string): boolean {
    return this.#raw[name] !== undefined || objectOf(this.#raw.dynamic)[name] !== undefined;
  }

  written(name: string): string | null {
    const value = this.#raw[name];
    return value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);
  }

  attribute(name: string): unknown {
    if (this.#computed.has(name)) return this.#computed.get(name);
    this.#computed.set(name, new UnknownValue([`${this.address}.${name}`]));
    const value = this.declares(name) ? this.#evaluate(name) : computedAttribute(this, name, this.#stack);
    this.#computed.set(name, value);
    return value;
  }

  #evaluate(name: string): unknown {
    const scope = this.#stack.scope({ key: this.key, value: this.#value });
    const written = this.#raw[name] === undefined ? undefined : evaluateDeep(this.#raw[name], scope);
    const dynamic = objectOf(this.#raw.dynamic)[name];
    if (dynamic === undefined) return written;
    const made = [dynamic].flat().flatMap((each) => expandDynamic(name, objectOf(each), scope));
    return [...(written === undefined ? [] : [written].flat()), ...made];
  }
}

/** The blocks of a `dynamic` block. */
function expandDynamic(name: string, dynamic: Record<string, unknown>, scope: Scope): unknown[] {
  const over = evaluateDeep(dynamic.for_each, scope);
  if (isUnknown(over)) return [over];
  const iterator = typeof dynamic.iterator === 'string' ? dynamic.iterator : name;
  const pairs = Array.isArray(over) ? over.map((value, at) => [at, value] as const) : Object.entries(objectOf(over));
  return pairs.flatMap(([key, value]) => {
    const inner: Scope = { root: (root) => (root === iterator ? { key, value } : scope.root(root)) };
    return arrayOf(Array.isArray(dynamic.content) ? dynamic.content : [dynamic.content]).map((content) =>
      evaluateDeep(content, inner),
    );
  });
}
