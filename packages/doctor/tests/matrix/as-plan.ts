import type { Attributes, Config } from './config.ts';

/** `blocks`: rules and routes are known but for what they refer to, as Terraform 1.11 prints; `flat`: not at all. */
export type PlanForm = 'blocks' | 'flat';

/** Attributes whose value is a map: unknown as a whole as soon as one member is. */
const MAPS = new Set(['variables', 'tags']);

/**
 * What `terraform show -json` prints of a plan of the same stack written as HCL: attributes with a reference are absent
 * from `planned_values`, and `configuration` has flat lists of references in their place. Held against real plans by
 * plan.test.ts.
 */
export function asPlan(config: Config, region: string, form: PlanForm = 'blocks'): string {
  const resources = Object.entries(config.document.resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, attributes]) => ({ type, name, attributes, address: `${type}.${name}` })),
  );
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: {
      root_module: {
        resources: resources.map(({ type, name, address, attributes }) => ({
          address,
          mode: 'managed',
          type,
          name,
          values: valuesOf(attributes, form),
        })),
      },
    },
    resource_changes: resources.map(({ address, attributes }) => ({
      address,
      change: { actions: ['create'], after_unknown: { id: true, arn: true, ...unknownsOf(attributes, form) } },
    })),
    configuration: {
      provider_config: { aws: { name: 'aws', expressions: { region: { constant_value: region } } } },
      root_module: {
        resources: resources.map(({ type, name, address, attributes }) => ({
          address,
          mode: 'managed',
          type,
          name,
          expressions: expressionsOf(attributes),
        })),
      },
    },
  });
}

function isBlock(name: string, value: unknown): boolean {
  const one = [value].flat()[0];
  return !MAPS.has(name) && typeof one === 'object' && one !== null && !Array.isArray(one);
}

/** Groups' and tables' rules are attributes in the form of blocks: one unknown member hides them all. */
function isList(name: string): boolean {
  return ['route', 'ingress', 'egress'].includes(name);
}

function has(value: unknown): boolean {
  return JSON.stringify(value)?.includes('${') === true;
}

function entries(attributes: Attributes): [string, unknown][] {
  return Object.entries(attributes).filter(([, value]) => value !== null && value !== undefined);
}

function blocks(value: unknown): Attributes[] {
  return [value].flat().map((block) => Object(block) as Attributes);
}

function isHidden(name: string, value: unknown, form: PlanForm): boolean {
  return form === 'flat' && isList(name) && has(value);
}

function valuesOf(attributes: Attributes, form: PlanForm): Attributes {
  return Object.fromEntries(
    entries(attributes).flatMap(([name, value]): [string, unknown][] => {
      if (isBlock(name, value) && !isHidden(name, value, form))
        return [[name, blocks(value).map((block) => valuesOf(block, form))]];
      return has(value) ? [] : [[name, value]];
    }),
  );
}

function unknownsOf(attributes: Attributes, form: PlanForm): Attributes {
  return Object.fromEntries(
    entries(attributes).flatMap(([name, value]): [string, unknown][] => {
      if (!has(value)) return [];
      const isKnown = isBlock(name, value) && !isHidden(name, value, form);
      return [[name, isKnown ? blocks(value).map((block) => unknownsOf(block, form)) : true]];
    }),
  );
}

function expressionsOf(attributes: Attributes): Attributes {
  return Object.fromEntries(
    entries(attributes).map(([name, value]) => {
      if (isBlock(name, value) && !isList(name)) return [name, blocks(value).map(expressionsOf)];
      return [name, has(value) ? { references: referencesOf(value) } : { constant_value: value }];
    }),
  );
}

/** `a.b.id`, and then `a.b`, as Terraform lists them. */
function referencesOf(value: unknown): string[] {
  const found = [...JSON.stringify(value).matchAll(/\$\{([^}]+)\}/g)].map(([, reference = '']) => reference);
  return [...new Set(found.flatMap((one) => [one, one.split('.').slice(0, 2).join('.')]))];
}
