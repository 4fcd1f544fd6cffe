import { readPolicy } from '../../policy/policy-document.ts';
import type { Statement } from '../../snapshot/snapshot.ts';
import { text } from './computed-attribute.ts';
import { arrayOf, objectOf } from './functions.ts';
import { addressIn, labelOf, modulePrefix, type Resource, type TerraformStack } from './resource.ts';
import { isUnknown, type UnknownValue } from './unknown-value.ts';

/** Reads values of a stack's resources as what they are: ids of other resources, lists, numbers, policies. */
export class StackReader {
  readonly stack: TerraformStack;
  readonly #byType = new Map<string, Resource[]>();
  /** Of default resources: what AWS made and Terraform only adopts. */
  readonly #aliases = new Map<string, string>();
  /** Ids that AWS gives, and names where those are ids: a role and a function may share one. */
  readonly #byId = new Map<string, Resource[]>();
  readonly #byAddress = new Map<string, Resource>();

  constructor(stack: TerraformStack) {
    this.stack = stack;
    for (const resource of stack.resources) {
      this.#byType.set(resource.type, [...(this.#byType.get(resource.type) ?? []), resource]);
      this.#byAddress.set(resource.address, resource);
    }
    for (const resource of stack.resources) {
      // Once applied, a resource has an id of AWS's: it is the same resource as its address.
      for (const attribute of ['id', 'arn']) {
        const value = text(resource.attribute(attribute));
        if (value !== null && value !== resource.address)
          this.#byId.set(value, [...(this.#byId.get(value) ?? []), resource]);
      }
    }
    for (const resource of this.all('aws_default_route_table')) this.#alias(resource, 'default_route_table_id');
    for (const resource of this.all('aws_default_network_acl')) this.#alias(resource, 'default_network_acl_id');
    for (const resource of this.all('aws_default_security_group')) {
      const vpc = this.id(resource.attribute('vpc_id'), 'aws_vpc');
      if (vpc !== null) this.#aliases.set(resource.address, `${vpc}.default_group`);
    }
    for (const vpc of this.#vpcs()) {
      for (const [attribute, name] of [
        ['main_route_table_id', 'main_route_table'],
        ['default_route_table_id', 'main_route_table'],
        ['default_network_acl_id', 'default_acl'],
        ['default_security_group_id', 'default_group'],
      ] as const) {
        const real = text(vpc.attribute(attribute));
        const known = `${vpc.address}.${name}`;
        if (real !== null && real !== known) this.#aliases.set(real, known);
      }
    }
  }

  #vpcs(): readonly Resource[] {
    return [...this.all('aws_vpc'), ...this.all('aws_default_vpc')];
  }

  #alias(resource: Resource, attribute: string): void {
    const value = text(resource.attribute(attribute));
    if (value !== null) this.#aliases.set(resource.address, this.canonical(value));
  }

  all(type: string, mode: 'managed' | 'data' = 'managed'): readonly Resource[] {
    return (this.#byType.get(type) ?? []).filter((resource) => resource.mode === mode);
  }

  at(address: string): Resource | null {
    return this.#byAddress.get(address) ?? null;
  }

  /** One name for each thing: its address where the stack makes it. */
  canonical(id: string, ...types: readonly string[]): string {
    const alias = this.#aliases.get(id);
    if (alias !== undefined) return alias;
    const found = this.#byId.get(id) ?? [];
    const fitting = found.find(({ type }) => types.includes(type)) ?? (types.length === 0 ? found[0] : undefined);
    if (fitting === undefined) return id;
    return this.#aliases.get(fitting.address) ?? fitting.address;
  }

  /** Addresses of the given types (all: none given) that an unknown value refers to. */
  referred(value: UnknownValue, ...types: readonly string[]): string[] {
    const found = value.references
      .flatMap((reference) => this.stack.referred(reference))
      .filter((resource) => types.length === 0 || types.includes(resource.type));
    return [...new Set(found.map(({ address }) => this.canonical(address)))];
  }

  /** What an unknown value refers to that is not there. */
  missing(value: unknown, ...types: readonly string[]): string | null {
    // Of several (`one ? a.id : b.id`) one is enough.
    if (!isUnknown(value) || this.referred(value, ...types).length > 0) return null;
    for (const reference of value.references) {
      const address = addressIn(reference);
      if (address === null) continue;
      const [type = ''] = address.slice(modulePrefix(address).length).split('.');
      if (type === 'data') continue;
      if (types.length > 0 && !types.includes(type)) continue;
      if (this.stack.referred(reference).length === 0 && !this.stack.configures(address)) return address;
    }
    return null;
  }

  id(value: unknown, ...types: readonly string[]): string | null {
    if (Array.isArray(value)) return value.length === 1 ? this.id(value[0], ...types) : null;
    if (isUnknown(value)) {
      const [first, second] = this.referred(value, ...types);
      // Several instances of one resource: which of them is not known.
      if (first !== undefined) return second !== undefined && labelAt(first) === labelAt(second) ? null : first;
      if (types.length === 0) return null;
      const [only, another] = this.stack.likely(value, types);
      return only === undefined || another !== undefined ? null : this.canonical(only.address);
    }
    const known = text(value);
    return known === null || known === '' ? null : this.canonical(known, ...types);
  }

  /** null where any member is not known; a value that is not given at all is an empty list. */
  ids(value: unknown, ...types: readonly string[]): string[] | null {
    if (value === null || value === undefined) return [];
    if (isUnknown(value)) {
      const found = this.referred(value, ...types);
      if (found.length > 0) return found;
      const likely = types.length === 0 ? [] : this.stack.likely(value, types);
      return likely.length > 0 ? likely.map(({ address }) => this.canonical(address)) : null;
    }
    const lists = arrayOf(Array.isArray(value) ? value : [value]).map((each) =>
      isUnknown(each) ? this.ids(each, ...types) : [this.id(each, ...types)],
    );
    const all: string[] = [];
    for (const list of lists) {
      if (list === null) return null;
      for (const one of list) {
        if (one === null) return null;
        if (!all.includes(one)) all.push(one);
      }
    }
    return all;
  }

  /** Nested blocks, written as one object or as a list; unknown ones are left out. */
  blocks(resource: Resource, name: string): Record<string, unknown>[] {
    const value = resource.attribute(name);
    if (isUnknown(value) || value === null || value === undefined) return [];
    return (Array.isArray(value) ? value : [value]).filter((each) => !isUnknown(each)).map(objectOf);
  }

  text(resource: Resource, name: string): string | null {
    return resource.declares(name) ? text(resource.attribute(name)) : null;
  }

  number(resource: Resource, name: string): number | null {
    return numberOf(resource.declares(name) ? resource.attribute(name) : null);
  }

  /** `fallback` where the configuration does not say; null where it is not known. */
  flag(resource: Resource, name: string, fallback: boolean): boolean | null {
    if (!resource.declares(name)) return fallback;
    return flagOf(resource.attribute(name));
  }

  /** null: there is one that cannot be read. */
  policy(value: unknown): Statement[] | null {
    return isUnknown(value) ? null : readPolicy(value);
  }
}

export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  const known = text(value);
  return known === null || known === '' || Number.isNaN(Number(known)) ? null : Number(known);
}

export function flagOf(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  if (value === 'true') return true;
  return value === 'false' ? false : null;
}

export function textsOf(value: unknown): string[] {
  if (value === null || value === undefined || isUnknown(value)) return [];
  return (Array.isArray(value) ? value : [value]).flatMap((each) => text(each) ?? []);
}

function labelAt(address: string): string {
  return labelOf({ address });
}
