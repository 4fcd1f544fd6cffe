import type { Config } from './config.ts';

/** Attributes that take an object or a map; every other object is a nested block. */
const MAPS = new Set(['variables', 'tags']);
/** Blocks that are attributes of the type "list of objects": each member has to be given. */
const BLOCK_LISTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'aws_route_table.route': {},
  'aws_default_route_table.route': {},
};

/** A stack as a person writes it: HCL, nested blocks, references in templates. */
export function asHcl(config: Config, region: string): string {
  const parts = [
    `provider "aws" {
  region                      = "${region}"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}`,
  ];
  for (const [type, resources] of Object.entries(config.document.resource))
    for (const [name, attributes] of Object.entries(resources))
      parts.push(`resource "${type}" "${name}" {\n${body(type, attributes)}}`);
  return `${parts.join('\n\n')}\n`;
}

function body(type: string, attributes: Readonly<Record<string, unknown>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => entry(type, name, value))
    .join('');
}

function entry(type: string, name: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  const isBlock =
    !MAPS.has(name) &&
    (isObject(value) || (Array.isArray(value) && value.length > 0 && value.every(isObject))) &&
    BLOCK_LISTS[`${type}.${name}`] !== value;
  if (Array.isArray(value) && value.length === 0 && /^(route|ingress|egress)$/.test(name)) return `  ${name} = []\n`;
  if (!isBlock) return `  ${name} = ${expression(value)}\n`;
  return [value]
    .flat()
    .map((block) => `  ${name} {\n${body('', isObject(block) ? block : {})}  }\n`)
    .join('');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `${a.b.c}` alone is written as the reference itself, as people do. */
function expression(value: unknown): string {
  if (typeof value === 'string') {
    const alone = /^\$\{([^{}]+)\}$/.exec(value)?.[1];
    return alone ?? JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(expression).join(', ')}]`;
  if (isObject(value))
    return `{\n${Object.entries(value)
      .map(([name, each]) => `    ${JSON.stringify(name)} = ${expression(each)}\n`)
      .join('')}  }`;
  return JSON.stringify(value);
}
