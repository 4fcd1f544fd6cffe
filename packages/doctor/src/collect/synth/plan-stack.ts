import { z } from 'zod';
import { computedAttribute } from './computed-attribute.ts';
import { evaluate, evaluateDeep, isLazy, type Lazy, type Scope } from './evaluate.ts';
import { parseExpression } from './expression.ts';
import { arrayOf, objectOf } from './functions.ts';
import type { Resource, TerraformStack } from './resource.ts';
import { UnknownValue } from './unknown-value.ts';

const valuesSchema = z.looseObject({
  address: z.string(),
  mode: z.enum(['managed', 'data']),
  type: z.string(),
  name: z.string(),
  index: z.union([z.string(), z.number()]).nullish(),
  values: z.record(z.string(), z.unknown()).nullish(),
});
interface ModuleValues {
  readonly resources?: z.infer<typeof valuesSchema>[] | undefined;
  readonly child_modules?: ModuleValues[] | undefined;
}
const moduleValuesSchema: z.ZodType<ModuleValues> = z.lazy(() =>
  z.looseObject({
    resources: z.array(valuesSchema).optional(),
    child_modules: z.array(moduleValuesSchema).optional(),
  }),
);
const configuredSchema = z.looseObject({
  mode: z.string(),
  type: z.string(),
  name: z.string(),
  expressions: z.record(z.string(), z.unknown()).default({}),
});
interface ModuleConfig {
  readonly resources?: z.infer<typeof configuredSchema>[] | undefined;
  readonly outputs?: Record<string, { readonly expression?: unknown }> | undefined;
  readonly variables?: Record<string, { readonly default?: unknown }> | undefined;
  readonly module_calls?:
    | Record<
        string,
        { readonly expressions?: Record<string, unknown> | undefined; readonly module?: ModuleConfig | undefined }
      >
    | undefined;
}
const moduleConfigSchema: z.ZodType<ModuleConfig> = z.lazy(() =>
  z.looseObject({
    resources: z.array(configuredSchema).optional(),
    outputs: z.record(z.string(), z.looseObject({ expression: z.unknown() })).optional(),
    variables: z.record(z.string(), z.looseObject({ default: z.unknown() })).optional(),
    module_calls: z
      .record(
        z.string(),
        z.looseObject({
          expressions: z.record(z.string(), z.unknown()).optional(),
          module: moduleConfigSchema.optional(),
        }),
      )
      .optional(),
  }),
);
export const planSchema = z.looseObject({
  format_version: z.string(),
  variables: z.record(z.string(), z.looseObject({ value: z.unknown() })).default({}),
  planned_values: z.looseObject({ root_module: moduleValuesSchema.default({}) }).optional(),
  values: z.looseObject({ root_module: moduleValuesSchema.default({}) }).optional(),
  prior_state: z
    .looseObject({ values: z.looseObject({ root_module: moduleValuesSchema.default({}) }).optional() })
    .optional(),
  resource_changes: z
    .array(
      z.looseObject({
        address: z.string(),
        change: z.looseObject({ actions: z.array(z.string()), after_unknown: z.unknown() }),
      }),
    )
    .default([]),
  configuration: z
    .looseObject({
      provider_config: z
        .record(
          z.string(),
          z.looseObject({
            name: z.string().optional(),
            alias: z.string().optional(),
            expressions: z.record(z.string(), z.unknown()).optional(),
          }),
        )
        .default({}),
      root_module: moduleConfigSchema.default({}),
    })
    .default({ provider_config: {}, root_module: {} }),
});
export type Plan = z.infer<typeof planSchema>;

/**
 * A stack as `terraform show -json` of a plan or a state says. What is unknown until apply is taken from the
 * configuration: raw templates where it was written as JSON, lists of references where it was written as HCL.
 */
export function planStack(plan: Plan): TerraformStack {
  return new PlanStack(plan);
}

interface ModulePlace {
  /** `module.net.`; empty: the root. */
  readonly prefix: string;
  readonly config: ModuleConfig;
  readonly parent: ModulePlace | null;
  readonly arguments: Readonly<Record<string, unknown>>;
}

class PlanStack implements TerraformStack {
  readonly kind = 'plan';
  readonly region: string | null;
  readonly resources: readonly Resource[];
  readonly notes: readonly string[] = [];
  readonly #variables: Plan['variables'];
  readonly #byLabel = new Map<string, PlanResource[]>();
  readonly #places = new Map<string, ModulePlace>();

  constructor(plan: Plan) {
    this.#variables = plan.variables;
    const root: ModulePlace = { prefix: '', config: plan.configuration.root_module, parent: null, arguments: {} };
    this.#addPlace(root);
    const unknowns = new Map(plan.resource_changes.map(({ address, change }) => [address, change.after_unknown]));
    const roots = [plan.prior_state?.values?.root_module, plan.planned_values?.root_module, plan.values?.root_module];
    const found = new Map<string, z.infer<typeof valuesSchema>>();
    const isPlan = plan.planned_values !== undefined;
    for (const [at, values] of roots.entries()) {
      // Of the state before, only what was read: the rest stands in the plan, or is to go.
      for (const each of resourcesOf(values ?? {}))
        if (at > 0 || !isPlan || each.mode === 'data') found.set(each.address, each);
    }
    this.resources = [...found.values()].map((each) => {
      const prefix = each.address.slice(0, each.address.length - localAddress(each).length);
      const place = this.#places.get(prefix.replaceAll(/\[[^\]]*\]/g, '')) ?? root;
      const configured = place.config.resources?.find(
        ({ mode, type, name }) => mode === each.mode && type === each.type && name === each.name,
      );
      const resource = new PlanResource(
        this,
        place,
        prefix,
        each,
        unknowns.get(each.address),
        configured?.expressions ?? {},
      );
      const label = `${prefix}${each.mode === 'data' ? 'data.' : ''}${each.type}.${each.name}`;
      this.#byLabel.set(label, [...(this.#byLabel.get(label) ?? []), resource]);
      return resource;
    });
    const provider = Object.values(plan.configuration.provider_config).find(
      ({ name, alias }) => name === 'aws' && alias === undefined,
    );
    const region = provider?.expressions?.region;
    const named = region === undefined ? null : this.fromExpression(region, this.scope(root, '', null, null), []);
    this.region = typeof named === 'string' ? named : this.#regionOfArns();
  }

  #addPlace(place: ModulePlace): void {
    this.#places.set(place.prefix, place);
    for (const [name, call] of Object.entries(place.config.module_calls ?? {}))
      this.#addPlace({
        prefix: `${place.prefix}module.${name}.`,
        config: call.module ?? {},
        parent: place,
        arguments: call.expressions ?? {},
      });
  }

  /** A provider that takes its region from the environment: known resources say which it was. */
  #regionOfArns(): string | null {
    for (const resource of this.resources) {
      const arn = resource.attribute('arn');
      const region =
        typeof arn === 'string' ? /^arn:aws[\w-]*:\w+:([a-z]{2}(?:-[a-z]+)+-\d):/.exec(arn)?.[1] : undefined;
      if (region) return region;
      const service = resource.type === 'aws_vpc_endpoint' ? resource.attribute('service_name') : null;
      const named =
        typeof service === 'string' ? /^com\.amazonaws\.([a-z]{2}(?:-[a-z]+)+-\d)\./.exec(service)?.[1] : undefined;
      if (named) return named;
    }
    return null;
  }

  referred(reference: string): readonly Resource[] {
    const match =
      /^((?:module\.[\w-]+(?:\[[^\]]*\])?\.)*)((?:data\.)?[a-z][a-z0-9]*_[a-z0-9_]+\.[\w-]+)(\[(?:"[^"]*"|\d+)\])?/.exec(
        reference,
      );
    if (!match) return [];
    const [, prefix = '', label = '', index = ''] = match;
    const instances = this.#byLabel.get(`${prefix}${label}`) ?? [];
    return index === '' ? instances : instances.filter((one) => one.address === `${prefix}${label}${index}`);
  }

  scope(place: ModulePlace, prefix: string, key: string | number | null, self: PlanResource | null): Scope {
    const lazy = (attribute: (name: string) => unknown): Lazy => ({ attribute });
    const instances = (label: string): unknown => {
      const found = this.#byLabel.get(`${prefix}${label}`) ?? [];
      const [first] = found;
      if (!first) return lazy((name) => new UnknownValue([`${prefix}${label}.${name}`]));
      if (typeof first.key === 'string') return Object.fromEntries(found.map((one) => [String(one.key), one]));
      return first.key === null ? first : found;
    };
    return {
      root: (name) => {
        if (name === 'count') return { index: key ?? 0 };
        if (name === 'each') return { key, value: new UnknownValue(self ? [`${self.address}.each`] : []) };
        if (name === 'var') return lazy((variable) => this.#variable(place, prefix, variable));
        if (name === 'local' || name === 'path' || name === 'terraform') return new UnknownValue();
        if (name === 'module') return lazy((module) => lazy((output) => this.#output(place, prefix, module, output)));
        if (name === 'data') return lazy((type) => lazy((label) => instances(`data.${type}.${label}`)));
        return lazy((label) => instances(`${name}.${label}`));
      },
    };
  }

  #variable(place: ModulePlace, prefix: string, name: string): unknown {
    if (place.parent === null) return this.#variables[name]?.value ?? new UnknownValue([`var.${name}`]);
    const given = place.arguments[name];
    const outer = prefix.replace(/module\.[\w-]+(\[[^\]]*\])?\.$/, '');
    if (given !== undefined) return this.fromExpression(given, this.scope(place.parent, outer, null, null), [], outer);
    return place.config.variables?.[name]?.default ?? new UnknownValue();
  }

  #output(place: ModulePlace, prefix: string, module: string, output: string): unknown {
    const inner = this.#places.get(`${place.prefix}module.${module}.`);
    const expression = inner?.config.outputs?.[output]?.expression;
    if (!inner || expression === undefined) return new UnknownValue();
    const innerPrefix = `${prefix}module.${module}.`;
    return this.fromExpression(expression, this.scope(inner, innerPrefix, null, null), [], innerPrefix);
  }

  /** An entry of `configuration…expressions`. */
  fromExpression(expression: unknown, scope: Scope, siblings: readonly (string | number)[], prefix = ''): unknown {
    if (Array.isArray(expression)) return expression.map((each) => this.fromExpression(each, scope, siblings, prefix));
    const entry = objectOf(expression);
    if ('constant_value' in entry) return evaluateDeep(entry.constant_value, scope);
    if (Array.isArray(entry.references)) return this.#references(entry.references.map(String), scope, siblings, prefix);
    return Object.fromEntries(
      Object.entries(entry).map(([name, each]) => [name, this.fromExpression(each, scope, siblings, prefix)]),
    );
  }

  #references(
    references: readonly string[],
    scope: Scope,
    siblings: readonly (string | number)[],
    prefix: string,
  ): unknown {
    // Terraform lists `a.b.id` and then `a.b`: the longer one says all.
    const longest = references.filter((one) => !references.some((other) => other !== one && extends_(other, one)));
    const [key] = siblings;
    const isByIndex = references.includes('count.index') || references.includes('each.key');
    const values = longest
      .filter((one) => !/^(count|each)\./.test(one))
      .map((one) => {
        const value = evaluateReference(one, scope);
        // `aws_subnet.app[count.index]`: the instance of the same index.
        const all = value instanceof UnknownValue ? [] : arrayOf(isLazy(value) ? [value] : value);
        if (isByIndex && key !== undefined && all.length > 0 && all.every((each) => isLazy(each))) {
          const same =
            Array.isArray(value) || typeof key === 'number' ? all[Number(key) % all.length] : objectOf(value)[key];
          if (isLazy(same)) return same;
        }
        return value;
      });
    const [only] = values;
    if (values.length === 1 && !holdsResource(only)) return only;
    return new UnknownValue([...new Set(values.flatMap((value, at) => addressesIn(value, longest[at] ?? '', prefix)))]);
  }
}

function extends_(longer: string, shorter: string): boolean {
  return longer.startsWith(`${shorter}.`) || longer.startsWith(`${shorter}[`);
}

function holdsResource(value: unknown): boolean {
  if (isLazy(value)) return true;
  if (Array.isArray(value)) return value.some(holdsResource);
  return typeof value === 'object' && value !== null && Object.values(value).some((each) => isLazy(each));
}

/** Resources in a value, and the reference itself where it names an attribute that is worth knowing. */
function addressesIn(value: unknown, reference: string, prefix: string): string[] {
  if (value instanceof UnknownValue) return value.references.length > 0 ? [...value.references] : [reference];
  if (isLazy(value)) return 'address' in value && typeof value.address === 'string' ? [value.address] : [];
  if (Array.isArray(value)) {
    const inner = value.flatMap((each) => addressesIn(each, '', prefix));
    return inner.length > 0 ? inner : [`${prefix}${reference}`];
  }
  if (typeof value === 'object' && value !== null)
    return Object.values(value).flatMap((each) => addressesIn(each, '', prefix));
  return reference === '' ? [] : [`${prefix}${reference}`];
}

function evaluateReference(reference: string, scope: Scope): unknown {
  try {
    return evaluate(parseExpression(reference), scope);
  } catch {
    return new UnknownValue([reference]);
  }
}

function resourcesOf(module: ModuleValues): z.infer<typeof valuesSchema>[] {
  return [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(resourcesOf)];
}

function localAddress({ mode, type, name, index }: z.infer<typeof valuesSchema>): string {
  const key = index === undefined || index === null ? '' : `[${JSON.stringify(index)}]`;
  return `${mode === 'data' ? 'data.' : ''}${type}.${name}${key}`;
}

class PlanResource implements Resource {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly key: string | number | null;
  readonly #stack: PlanStack;
  readonly #place: ModulePlace;
  readonly #prefix: string;
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #unknown: Readonly<Record<string, unknown>>;
  readonly #expressions: Readonly<Record<string, unknown>>;
  readonly #computed = new Map<string, unknown>();

  constructor(
    stack: PlanStack,
    place: ModulePlace,
    prefix: string,
    values: z.infer<typeof valuesSchema>,
    afterUnknown: unknown,
    expressions: Readonly<Record<string, unknown>>,
  ) {
    this.#stack = stack;
    this.#place = place;
    this.#prefix = prefix;
    this.#values = values.values ?? {};
    this.#unknown = objectOf(afterUnknown);
    this.#expressions = expressions;
    this.address = values.address;
    this.mode = values.mode;
    this.type = values.type;
    this.name = values.name;
    this.key = values.index ?? null;
  }

  declares(name: string): boolean {
    if (this.#expressions[name] !== undefined) return true;
    const value = this.#values[name];
    return value !== undefined && value !== null;
  }

  written(name: string): string | null {
    const value = objectOf(this.#expressions[name]).constant_value;
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
    const expression = this.#expressions[name];
    if (unknown === true || (value === undefined && expression !== undefined)) {
      if (expression === undefined) return computedAttribute(this, name, this.#stack);
      return this.#fromExpression(expression);
    }
    if (value === undefined) return computedAttribute(this, name, this.#stack);
    if (value === null && this.mode === 'data' && expression === undefined) return null;
    return this.#merge(value, unknown, expression);
  }

  #merge(value: unknown, unknown: unknown, expression: unknown): unknown {
    if (unknown === true) return expression === undefined ? new UnknownValue() : this.#fromExpression(expression);
    if (typeof unknown !== 'object' || unknown === null) return value;
    if (Array.isArray(unknown)) {
      const list = arrayOf(value);
      const parts = Array.isArray(expression) ? expression : null;
      return Array.from({ length: Math.max(list.length, unknown.length) }, (_, at) =>
        this.#merge(list[at], unknown[at], parts ? parts[at] : expression),
      );
    }
    const entry = objectOf(expression);
    // Blocks that were written as an attribute have one list of references for all of them.
    const isShared = 'references' in entry || 'constant_value' in entry;
    const merged: Record<string, unknown> = { ...objectOf(value) };
    for (const [name, part] of Object.entries(unknown))
      merged[name] = this.#merge(merged[name], part, isShared ? expression : entry[name]);
    return merged;
  }

  #fromExpression(expression: unknown): unknown {
    const scope = this.#stack.scope(this.#place, this.#prefix, this.key, this);
    return this.#stack.fromExpression(expression, scope, this.key === null ? [] : [this.key], this.#prefix);
  }
}
