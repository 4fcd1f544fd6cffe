import { evaluate, evaluateDeep, isLazy, type Lazy, type Scope } from './evaluate.ts';
import { parseExpression } from './expression.ts';
import { objectOf } from './functions.ts';
import { PlanResource } from './plan-resource.ts';
import type { ConfiguredResource, ModuleConfig, ModuleValues, Plan, PlannedValues } from './plan-schema.ts';
import { addressIn, labelOf, modulePrefix, type Resource, type TerraformStack } from './resource.ts';
import { type Origin, referencesIn, UnknownValue } from './unknown-value.ts';

/**
 * A stack as `terraform show -json` of a plan or a state says. What is unknown until apply is taken from the
 * configuration: raw templates where it was written as JSON, lists of references where it was written as HCL.
 */
export function planStack(plan: Plan): TerraformStack {
  return new PlanStack(plan);
}

interface ModulePlace {
  /** `module.net.`, without instance keys; empty: the root. */
  readonly prefix: string;
  readonly config: ModuleConfig;
  readonly parent: ModulePlace | null;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly forEach: unknown;
}

/** What an expression sees: its module, the instance's key, and what `for_each` runs over. */
interface Standpoint extends Origin {
  readonly place: ModulePlace;
  readonly forEach: unknown;
}

class PlanStack implements TerraformStack {
  readonly kind = 'plan';
  readonly region: string | null;
  readonly resources: readonly Resource[];
  readonly notes: readonly string[] = [];
  readonly #plan: Plan;
  readonly #byLabel = new Map<string, PlanResource[]>();
  readonly #places = new Map<string, ModulePlace>();
  readonly #configured = new Map<string, ConfiguredResource>();
  /** `module.app["a"].` and its sisters, by `module.app.` */
  readonly #modules = new Map<string, Set<string>>();
  readonly #underWay = new Set<string>();

  constructor(plan: Plan) {
    this.#plan = plan;
    const { root_module } = plan.configuration;
    const root: ModulePlace = { prefix: '', config: root_module, parent: null, arguments: {}, forEach: undefined };
    this.#addPlace(root);
    const unknowns = new Map(plan.resource_changes.map(({ address, change }) => [address, change.after_unknown]));
    this.region = this.#regionOfProvider('aws') ?? regionOfValues(plan);
    this.resources = [...plannedValues(plan).values()].map((each) => {
      const resource = this.#resourceOf(each, unknowns.get(each.address), root);
      const label = labelOf(resource);
      this.#byLabel.set(label, [...(this.#byLabel.get(label) ?? []), resource]);
      return resource;
    });
  }

  #resourceOf(each: PlannedValues, afterUnknown: unknown, root: ModulePlace): PlanResource {
    const prefix = modulePrefix(each.address);
    for (let at = prefix; at !== ''; at = outerPrefix(at)) {
      const bare = `${outerPrefix(at)}${bareModule(at.slice(outerPrefix(at).length))}`;
      this.#modules.set(bare, (this.#modules.get(bare) ?? new Set()).add(at));
    }
    const place = this.#places.get(bareModule(prefix)) ?? root;
    const configured = this.#configured.get(labelWithoutKeys(each));
    const from: Standpoint = { place, prefix, key: each.index ?? null, forEach: configured?.for_each_expression };
    const { region } = this;
    const provider = configured?.provider_config_key ?? 'aws';
    const ownRegion = provider === 'aws' || /:aws$/.test(provider) ? null : this.#regionOfProvider(provider);
    return new PlanResource(each, {
      region: ownRegion ?? region,
      ownRegion: ownRegion ?? regionAttribute(each, region),
      prefix,
      afterUnknown,
      expressions: configured?.expressions ?? {},
      evaluate: (expression, isPart) => this.#fromExpression(expression, from, isPart),
      given: (attribute) => this.#given(attribute, from),
    });
  }

  #addPlace(place: ModulePlace): void {
    this.#places.set(place.prefix, place);
    for (const each of place.config.resources ?? [])
      this.#configured.set(`${place.prefix}${each.mode === 'data' ? 'data.' : ''}${each.type}.${each.name}`, each);
    for (const [name, call] of Object.entries(place.config.module_calls ?? {}))
      this.#addPlace({
        prefix: `${place.prefix}module.${name}.`,
        config: call.module ?? {},
        parent: place,
        arguments: call.expressions ?? {},
        forEach: call.for_each_expression,
      });
  }

  #regionOfProvider(key: string): string | null {
    const providers = this.#plan.configuration.provider_config;
    const provider =
      key === 'aws'
        ? Object.values(providers).find(({ name, alias }) => name === 'aws' && alias === undefined)
        : providers[key];
    const region = provider?.expressions?.region;
    const root = this.#places.get('');
    if (region === undefined || root === undefined) return null;
    const named = this.#fromExpression(region, { place: root, prefix: '', key: null, forEach: undefined });
    return typeof named === 'string' ? named : null;
  }

  referred(reference: string): readonly Resource[] {
    const address = addressIn(reference);
    if (address === null) return [];
    const label = labelOf({ address });
    const instances = this.#byLabel.get(label) ?? [];
    return address === label ? instances : instances.filter((one) => one.address === address);
  }

  configures(address: string): boolean {
    const configured = this.#configured.get(bareLabel(address));
    // Without count and for_each there is one instance: where it is not, it is to go.
    return configured?.count_expression !== undefined || configured?.for_each_expression !== undefined;
  }

  likely(value: UnknownValue, types: readonly string[]): readonly Resource[] {
    if (value.origin === null || value.references.some((each) => addressIn(each) !== null)) return [];
    const { prefix } = value.origin;
    const fitting = this.resources.filter(({ type, mode }) => mode === 'managed' && types.includes(type));
    const own = fitting.filter(({ address }) => modulePrefix(address) === prefix);
    if (own.length > 0) return narrowed(own, value);
    const place = this.#places.get(bareModule(prefix));
    const given = Object.keys(place?.arguments ?? {}).flatMap((name) => {
      const found = place ? this.#resourcesIn(this.#variable(place, prefix, name), types) : [];
      return found.length > 0 ? [found] : [];
    });
    const [only, another] = given;
    if (only !== undefined) return another === undefined ? only : [];
    return narrowed(fitting, value);
  }

  #resourcesIn(value: unknown, types: readonly string[]): Resource[] {
    const found = referencesIn(value).flatMap((reference) => this.referred(reference));
    return [...new Set(found)].filter(({ type }) => types.includes(type));
  }

  /** The one argument of the module's call whose name is the attribute's, or ends in it: `vpc_subnet_ids`. */
  #given(attribute: string, { place, prefix, key }: Standpoint): unknown {
    const names = Object.keys(place.arguments).filter(
      (name) => name === attribute || name.endsWith(`_${attribute}`) || name.startsWith(`${attribute}_`),
    );
    const [only, another] = names;
    if (only === undefined || another !== undefined) return new UnknownValue([], { prefix, key });
    return this.#variable(place, prefix, only);
  }

  #scope(from: Standpoint): Scope {
    const lazy = (attribute: (name: string) => unknown): Lazy => ({ attribute });
    const { place, prefix, key } = from;
    const instances = (label: string): unknown => {
      const found = this.#byLabel.get(`${prefix}${label}`) ?? [];
      const [first] = found;
      if (!first) return lazy((name) => new UnknownValue([`${prefix}${label}.${name}`], from));
      if (typeof first.key === 'string') return Object.fromEntries(found.map((one) => [String(one.key), one]));
      return first.key === null ? first : found;
    };
    return {
      root: (name) => {
        if (name === 'count') return { index: key ?? 0 };
        if (name === 'each') return { key, value: this.#eachValue(from) };
        if (name === 'var') return lazy((variable) => this.#variable(place, prefix, variable));
        if (name === 'local') return lazy((local) => new UnknownValue([`${prefix}local.${local}`], from));
        if (name === 'path' || name === 'terraform') return new UnknownValue([], from);
        if (name === 'module') return lazy((module) => this.#module(place, `${prefix}module.${module}`));
        if (name === 'data') return lazy((type) => lazy((label) => instances(`data.${type}.${label}`)));
        return lazy((label) => instances(`${name}.${label}`));
      },
    };
  }

  /** The member of what `for_each` runs over, as far as the plan says it. */
  #eachValue(from: Standpoint): unknown {
    const { key, forEach, prefix } = from;
    if (forEach === undefined || key === null) return new UnknownValue([], from);
    const guard = `each ${prefix}${key} ${JSON.stringify(forEach)}`;
    if (this.#underWay.has(guard)) return new UnknownValue([], from);
    this.#underWay.add(guard);
    try {
      const over = this.#fromExpression(forEach, { ...from, key: null, forEach: undefined });
      if (over instanceof UnknownValue) return picked(over, [key], key);
      if (Array.isArray(over)) return over.some((each) => String(each) === String(key)) ? key : over[Number(key)];
      return objectOf(over)[String(key)] ?? new UnknownValue([], from);
    } finally {
      this.#underWay.delete(guard);
    }
  }

  #variable(place: ModulePlace, prefix: string, name: string): unknown {
    if (place.parent === null)
      return this.#plan.variables[name]?.value ?? new UnknownValue([`var.${name}`], { prefix, key: null });
    const given = place.arguments[name];
    const outer = outerPrefix(prefix);
    const key = /\[("[^"]*"|\d+)\]\.$/.exec(prefix)?.[1];
    const from: Standpoint = {
      place: place.parent,
      prefix: outer,
      key: key === undefined ? null : (JSON.parse(key) as string | number),
      forEach: place.forEach,
    };
    if (given !== undefined) return this.#fromExpression(given, from);
    return place.config.variables?.[name]?.default ?? new UnknownValue([], from);
  }

  /** A module as a value: its outputs, and one of its instances. */
  #module(place: ModulePlace, address: string): ModuleValue {
    const bare = bareModule(`${address}.`);
    const inner = this.#places.get(bare);
    const prefixes = [...(this.#modules.get(`${address}.`) ?? [`${address}.`])];
    const output = (name: string): unknown => {
      const expression = inner?.config.outputs?.[name]?.expression;
      if (!inner || expression === undefined) return new UnknownValue([`${address}.${name}`]);
      const values = prefixes.map((prefix) =>
        this.#fromExpression(expression, { place: inner, prefix, key: null, forEach: undefined }),
      );
      return values.length === 1 ? values[0] : values;
    };
    return {
      attribute: output,
      at: (index) => this.#module(place, `${address}[${JSON.stringify(index)}]`),
      outputs: () => Object.keys(inner?.config.outputs ?? {}).map(output),
    };
  }

  /** An entry of `configuration…expressions`. */
  #fromExpression(expression: unknown, from: Standpoint, isPart = false): unknown {
    if (Array.isArray(expression)) return expression.map((each) => this.#fromExpression(each, from, isPart));
    const entry = objectOf(expression);
    if ('constant_value' in entry) return evaluateDeep(entry.constant_value, this.#scope(from));
    if (Array.isArray(entry.references)) return this.#references(entry.references.map(String), from, isPart);
    return Object.fromEntries(
      Object.entries(entry).map(([name, each]) => [name, this.#fromExpression(each, from, isPart)]),
    );
  }

  /** `isPart`: what is referred to is only part of the value. */
  #references(references: readonly string[], from: Standpoint, isPart: boolean): unknown {
    const scope = this.#scope(from);
    // Terraform lists `a.b.id` and then `a.b`: the longer one says all.
    const longest = references.filter((one) => !references.some((other) => other !== one && extends_(other, one)));
    const isIndex = (one: string) => /^(count|each)\./.test(one);
    const indexes = longest.filter(isIndex).map((one) => evaluateReference(one, scope));
    // `aws_subnet.app[count.index]`: the instance of the same index; `each.value` may itself be what is meant.
    const keys = indexes.filter((each) => typeof each === 'string' || typeof each === 'number');
    const named = longest
      .filter((one) => !isIndex(one))
      .map((one) => picked(evaluateReference(one, scope), keys, from.key));
    const values = named.length > 0 ? named : indexes;
    const names = named.length > 0 ? longest.filter((one) => !isIndex(one)) : longest;
    const [only] = values;
    if (values.length === 1 && !holdsResource(only) && (!isPart || only instanceof UnknownValue)) return only;
    const found = values.flatMap((value, at) => addressesIn(value, names[at] ?? '', from.prefix));
    const more = indexes.flatMap((each) =>
      each instanceof UnknownValue ? each.references : addressesIn(each, '', ''),
    );
    return new UnknownValue([...new Set([...found, ...more])], from);
  }
}

/** A module as a value of expressions. */
interface ModuleValue extends Lazy {
  at(index: string | number): ModuleValue;
  outputs(): unknown[];
}

function isModule(value: unknown): value is ModuleValue {
  return isLazy(value) && 'outputs' in value;
}

type Key = string | number;

/**
 * The member that a key names, of instances of a resource or of a module, and of lists that are known by reference.
 * `own`: the key of who asks, for indexes that are computed: `private-a` asks for `["a"]`.
 */
function picked(value: unknown, keys: readonly Key[], own: Key | null): unknown {
  if (isModule(value)) return keys[0] === undefined ? value : value.at(keys[0]);
  if (isLazy(value)) return value;
  if (value instanceof UnknownValue) {
    const labels = new Set(value.references.map((each) => labelOf({ address: addressIn(each) ?? each })));
    if (value.references.length < 2 || labels.size !== 1) return value;
    const byKey = new Map(value.references.map((each) => [keyOf(addressIn(each) ?? each), each]));
    const same = chosen([...byKey.keys()], keys, null);
    return same === undefined ? value : new UnknownValue([byKey.get(same) ?? ''], value.origin);
  }
  if (Array.isArray(value)) {
    const number = keys.find((key) => Number.isInteger(Number(key)));
    return number === undefined || value.length === 0 || !value.every(isLazy)
      ? value
      : value[Number(number) % value.length];
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = objectOf(value);
  const key = chosen(
    Object.keys(members).filter((each) => isLazy(members[each])),
    keys,
    own,
  );
  return key === undefined ? value : members[key];
}

function keyOf(address: string): string {
  return (
    /\[(?:"([^"]*)"|(\d+))\]$/
      .exec(address)
      ?.slice(1)
      .find((each) => each !== undefined) ?? ''
  );
}

/** The key that is named; else the only one whose words the asker's key has. */
function chosen(known: readonly string[], keys: readonly Key[], own: Key | null): string | undefined {
  const named = keys.map(String).find((key) => known.includes(key));
  if (named !== undefined || typeof own !== 'string') return named;
  const words = new Set(own.toLowerCase().split(/[^a-z0-9]+/));
  const fitting = known.filter((key) =>
    key
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .every((word) => words.has(word)),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** One thing, or the instances of one: by the key of who asks, or by a word that names of both share. */
function narrowed(found: readonly Resource[], { references, origin }: UnknownValue): readonly Resource[] {
  const labels = [...new Set(found.map(labelOf))];
  const words = new Set(references.flatMap((each) => wordsOf(each.replace(/^.*\b(?:local|var)\./, ''))));
  if (labels.length > 1) {
    const named = labels.filter((label) => wordsOf(label.split('.').at(-1) ?? '').some((word) => words.has(word)));
    return named.length === 1
      ? narrowed(
          found.filter((each) => labelOf(each) === named[0]),
          { references, origin },
        )
      : [];
  }
  if (found.length < 2) return found;
  const same = found.filter(({ key }) => key !== null && key === origin?.key);
  if (same.length === 1) return same;
  const fitting = found.filter(({ key }) => wordsOf(String(key)).some((word) => words.has(word)));
  return fitting.length > 0 ? fitting : found;
}

const MEANINGLESS = new Set([
  'this',
  'main',
  'id',
  'ids',
  'the',
  'default',
  'subnet',
  'subnets',
  'table',
  'group',
  'sg',
]);

function wordsOf(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1 && !MEANINGLESS.has(word));
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
  if (value instanceof UnknownValue)
    return value.references.length > 0 ? [...value.references] : reference ? [reference] : [];
  if (isModule(value)) return value.outputs().flatMap((each) => addressesIn(each, '', prefix));
  if (isLazy(value)) return 'address' in value && typeof value.address === 'string' ? [value.address] : [];
  if (Array.isArray(value)) {
    const inner = value.flatMap((each) => addressesIn(each, '', prefix));
    return inner.length > 0 || reference === '' ? inner : [`${prefix}${reference}`];
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

/** By address: what is planned; of the state before only what was read, the rest is to go or stands in the plan. */
function plannedValues(plan: Plan): ReadonlyMap<string, PlannedValues> {
  const roots = [plan.prior_state?.values?.root_module, plan.planned_values?.root_module, plan.values?.root_module];
  const isPlan = plan.planned_values !== undefined;
  const found = new Map<string, PlannedValues>();
  for (const [at, values] of roots.entries())
    for (const each of resourcesOf(values ?? {}))
      if (at > 0 || !isPlan || each.mode === 'data') found.set(each.address, each);
  return found;
}

function resourcesOf(module: ModuleValues): PlannedValues[] {
  return [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(resourcesOf)];
}

const REGION = '[a-z]{2}(?:-[a-z]+)+-\\d';

/** A provider that takes its region from the environment: known values say which it was. */
function regionOfValues(plan: Plan): string | null {
  const pattern = new RegExp(`^(?:arn:aws[\\w-]*:\\w+:|com\\.amazonaws\\.)(${REGION})[:.]`);
  for (const { values } of plannedValues(plan).values()) {
    const { arn, service_name, region, availability_zone } = values ?? {};
    for (const each of [arn, service_name]) {
      const named = typeof each === 'string' ? pattern.exec(each)?.[1] : undefined;
      if (named) return named;
    }
    if (typeof region === 'string' && new RegExp(`^${REGION}$`).test(region)) return region;
    const zone =
      typeof availability_zone === 'string' ? new RegExp(`^(${REGION})[a-z]$`).exec(availability_zone)?.[1] : null;
    if (zone) return zone;
  }
  return null;
}

/** Since version 6 of the provider each resource may name its region. */
function regionAttribute({ values }: PlannedValues, region: string | null): string | null {
  const own = values?.region;
  return typeof own === 'string' && own !== region && new RegExp(`^${REGION}$`).test(own) ? own : null;
}

function bareModule(prefix: string): string {
  return prefix.replaceAll(/\[(?:"[^"]*"|\d+)\]/g, '');
}

function outerPrefix(prefix: string): string {
  return prefix.replace(/module\.[\w-]+(?:\["[^"]*"\]|\[\d+\])?\.$/, '');
}

function bareLabel(address: string): string {
  return `${bareModule(modulePrefix(address))}${labelOf({ address: address.slice(modulePrefix(address).length) })}`;
}

function labelWithoutKeys({ address }: PlannedValues): string {
  return bareLabel(address);
}
