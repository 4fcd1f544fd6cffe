import { parseStack } from '../../src/collect/synth/collect-synth.ts';
import { arrayOf, objectOf } from '../../src/collect/synth/functions.ts';
import type { Resource } from '../../src/collect/synth/resource.ts';
import { hasUnknown, isUnknown } from '../../src/collect/synth/unknown-value.ts';
import type { Attributes } from './stack.ts';

/** `flat`: all in the root module; `module`: in a module, whose ids go through locals as popular modules do. */
export type HclForm = 'flat' | 'module';

const BLOCK_LISTS = new Set(['route', 'ingress', 'egress']);
const MAPS = new Set(['variables', 'tags']);
const META = new Set(['count', 'for_each', 'dynamic', 'provider', 'lifecycle', 'depends_on']);

interface Document {
  readonly resource: Record<string, Record<string, Attributes>>;
  readonly data?: Record<string, Record<string, Attributes>>;
}

/**
 * What `terraform show -json` prints of a plan of the same stack in HCL: instances, what is known before it is applied,
 * and flat lists of references. Held against plans of Terraform itself where that is at hand.
 */
export function asHclPlan(text: string, form: HclForm): string {
  const document: Document = JSON.parse(text);
  const prefix = form === 'module' ? 'module.net.' : '';
  const stack = parseStack(text, 'stack');
  const isComputed = computedIn(document);
  const instances = stack.resources.map((resource) => instanceOf(resource, document, prefix, isComputed));
  const configured = (['resource', 'data'] as const).flatMap((mode) =>
    Object.entries(document[mode] ?? {}).flatMap(([type, named]) =>
      Object.entries(named).map(([name, attributes]) => ({
        address: `${mode === 'data' ? 'data.' : ''}${type}.${name}`,
        mode: mode === 'data' ? 'data' : 'managed',
        type,
        name,
        provider_config_key: attributes.provider === 'aws.us' ? 'aws.us' : 'aws',
        expressions: expressionsOf(attributes, form),
        ...(attributes.count === undefined ? {} : { count_expression: expressionOf('count', attributes.count, form) }),
        ...(attributes.for_each === undefined
          ? {}
          : { for_each_expression: expressionOf('for_each', attributes.for_each, form) }),
      })),
    ),
  );
  const module = { resources: configured };
  const values = { resources: instances.map(({ planned }) => planned) };
  return JSON.stringify({
    format_version: '1.2',
    planned_values: {
      root_module: form === 'module' ? { child_modules: [{ address: 'module.net', ...values }] } : values,
    },
    resource_changes: instances.map(({ planned: { address }, unknown }) => ({
      address,
      change: { actions: ['create'], after_unknown: unknown },
    })),
    configuration: {
      provider_config: {
        aws: { name: 'aws', expressions: { region: { constant_value: 'eu-west-1' } } },
        'aws.us': { name: 'aws', alias: 'us', expressions: { region: { constant_value: 'us-east-1' } } },
      },
      root_module:
        form === 'module'
          ? {
              module_calls: {
                net: { source: './net', expressions: {}, module: { ...module, variables: { name: {} } } },
              },
            }
          : module,
    },
  });
}

/** Whether an expression refers to what only AWS tells. */
function computedIn({ resource }: Document): (expression: string) => boolean {
  return (expression) =>
    [...expression.matchAll(/(?<![\w.])(aws_\w+)\.([\w-]+)((?:\[[^\]]*\]|\))*)(?:\.(\w+))?/g)].some(
      ([, type = '', name = '', , attribute]) => {
        const known = resource[type]?.[name]?.[attribute ?? ''];
        return (
          attribute === undefined ||
          known === undefined ||
          (typeof known === 'string' && /\$\{aws_/.test(known) && !/cidr/.test(attribute))
        );
      },
    );
}

function instanceOf(resource: Resource, document: Document, prefix: string, isComputed: (text: string) => boolean) {
  const raw = document[resource.mode === 'data' ? 'data' : 'resource']?.[resource.type]?.[resource.name] ?? {};
  const values: Attributes = {};
  const unknown: Record<string, unknown> = { id: true, arn: true };
  const names = [...Object.keys(raw).filter((name) => !META.has(name)), ...Object.keys(objectOf(raw.dynamic))];
  for (const name of names) {
    const written = raw[name] ?? objectOf(raw.dynamic)[name];
    const [value, hidden] = split(name, resource.attribute(name), written, isComputed);
    if (hidden !== true) values[name] = value;
    if (hidden !== false) unknown[name] = hidden;
  }
  return {
    planned: {
      address: `${prefix}${resource.address}`,
      mode: resource.mode,
      type: resource.type,
      name: resource.name,
      ...(resource.key === null ? {} : { index: resource.key }),
      values,
    },
    unknown,
  };
}

/** What is known of a value, and which of it is not. */
function split(
  name: string,
  value: unknown,
  written: unknown,
  isComputed: (text: string) => boolean,
): [unknown, unknown] {
  const text = JSON.stringify(written) ?? '';
  if (isBlock(name, value) && !MAPS.has(name)) {
    const members = arrayOf(Array.isArray(value) ? value : [value]).map((block, at) => {
      const source = Array.isArray(written) ? written[at] : written;
      const inner = objectOf(objectOf(source).content ?? source);
      const parts = Object.entries(objectOf(block)).map(([key, each]) => {
        // A dynamic block's members are hidden where what it runs over holds something unknown under that name.
        const own = 'for_each' in objectOf(source) ? hiddenIn(source, key) : inner[key];
        return [key, ...split(key, each, own ?? each, isComputed)] as const;
      });
      return [
        Object.fromEntries(parts.filter(([, , hidden]) => hidden !== true).map(([key, each]) => [key, each])),
        Object.fromEntries(parts.filter(([, , hidden]) => hidden !== false).map(([key, , hidden]) => [key, hidden])),
      ] as const;
    });
    return [members.map(([known]) => known), members.map(([, hidden]) => hidden)];
  }
  return isComputed(text) || hasUnknown(value) ? [undefined, true] : [value, false];
}

function hiddenIn(dynamic: unknown, key: string): unknown {
  const list = arrayOf(objectOf(dynamic).for_each);
  const name = key === 'security_groups' ? 'groups' : key === 'cidr_blocks' ? 'cidrs' : key;
  return list.map((each) => objectOf(each)[name]);
}

function isBlock(name: string, value: unknown): boolean {
  const one = [value].flat()[0];
  return !MAPS.has(name) && !isUnknown(one) && typeof one === 'object' && one !== null && !Array.isArray(one);
}

function expressionsOf(attributes: Attributes, form: HclForm): Attributes {
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([name, value]) => !META.has(name) && value !== null)
      .map(([name, value]) => {
        if (isBlock(name, value) && !BLOCK_LISTS.has(name))
          return [name, [value].flat().map((block) => expressionsOf(objectOf(block), form))];
        return [name, expressionOf(name, value, form)];
      }),
  );
}

function expressionOf(name: string, value: unknown, form: HclForm): unknown {
  const references = referencesIn(JSON.stringify(value) ?? '');
  if (references.length === 0) return { constant_value: value };
  // `local.vpc_id = try(aws_vpc.this[0].id, "")`: a plan keeps no locals.
  if (form === 'module' && (name === 'vpc_id' || name === 'security_group_id'))
    return { references: [`local.${name}`] };
  return { references };
}

/** As Terraform lists them: `a.b[0].id`, `a.b[0]`, `a.b`; of a computed index `a.b` and what it is made of. */
function referencesIn(text: string): string[] {
  const found: string[] = [];
  for (const [, expression = ''] of text.matchAll(/\$\{((?:[^{}]|\{[^{}]*\}|\{\{[^}]*\}\})*)\}/g))
    for (const [whole, label = '', index = '', attribute = ''] of expression
      .replaceAll('\\"', '"')
      .matchAll(/(?<![\w.])((?:data\.)?aws_\w+\.[\w-]+)((?:\[[^\]]*\])?)((?:\.\w+)?)|(?<![\w.])(?:count|each)\.\w+/g)) {
      if (label === '') found.push(whole);
      else if (index === '') found.push(...(attribute ? [`${label}${attribute}`] : []), label);
      else if (/^\[(\d+|"[^"]*")\]$/.test(index)) found.push(`${label}${index}${attribute}`, `${label}${index}`, label);
      else found.push(label, ...[...index.matchAll(/(?:count|each)\.\w+/g)].map(([one]) => one));
    }
  return [...new Set(found)];
}
