/**
 * TypeScript of an OpenAPI 3.1 document, in the shape that openapi-fetch takes (its `paths`). It knows the part of JSON
 * Schema that the contract uses, and refuses the rest. openapi-typescript does the same by the compiler's API, which
 * TypeScript 7 does not have.
 */

type Json = Readonly<Record<string, unknown>>;

/** Keywords that say nothing about the type. */
const SILENT = new Set(
  'description default example format pattern minimum maximum minLength maxLength minItems maxItems title'.split(' '),
);
const KNOWN = new Set([
  ...'$ref type enum const allOf anyOf oneOf properties required additionalProperties items prefixItems'.split(' '),
  ...SILENT,
]);
const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

export function typesOfDocument({ paths = {}, components = {} }: { paths?: object; components?: object }): string {
  const schemas = sorted(objectOf(components).schemas ?? {});
  return [
    '/** Made of the OpenAPI document by npm run client -w @slipstream/api-contract: edit the routes instead. */',
    '',
    'export interface components {',
    '  schemas: {',
    ...schemas.map(([name, schema]) => `    ${name}: ${typeOf(objectOf(schema))};`),
    '  };',
    '}',
    '',
    'export interface paths {',
    ...sorted(paths).map(([path, item]) => `  '${path}': ${pathType(objectOf(item))};`),
    '}',
    '',
  ].join('\n');
}

/** By name: the order in which routes are registered changes nothing. */
function sorted(value: unknown): [string, unknown][] {
  return Object.entries(objectOf(value)).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

const NO_PARAMETERS = '{ query?: never; header?: never; path?: never; cookie?: never }';

function pathType(item: Json): string {
  const methods = METHODS.map((method) =>
    item[method] ? `${method}: ${operationType(objectOf(item[method]))};` : `${method}?: never;`,
  );
  return `{ parameters: ${NO_PARAMETERS}; ${methods.join(' ')} }`;
}

function operationType({ parameters = [], requestBody, responses }: Json): string {
  const given = Array.isArray(parameters) ? parameters.map(objectOf) : [];
  const places = ['query', 'header', 'path', 'cookie'].map((place) => {
    const here = given.filter((parameter) => parameter.in === place);
    if (here.length === 0) return `${place}?: never;`;
    const isOptional = here.every(({ required }) => required !== true);
    return `${place}${isOptional ? '?' : ''}: { ${here.map(parameterType).join(' ')} };`;
  });
  const body = requestBody === undefined ? 'requestBody?: never;' : bodyType(objectOf(requestBody));
  const answers = Object.entries(objectOf(responses)).map(([status, answer]) => {
    const content = objectOf(answer).content;
    return `${status}: { headers: { [name: string]: unknown }; ${content ? contentType(objectOf(content)) : 'content?: never;'} };`;
  });
  return `{ parameters: { ${places.join(' ')} }; ${body} responses: { ${answers.join(' ')} } }`;
}

function parameterType({ name, required, schema }: Json): string {
  return `'${name}'${required === true ? '' : '?'}: ${typeOf(objectOf(schema))};`;
}

function bodyType({ required, content }: Json): string {
  return `requestBody${required === true ? '' : '?'}: { ${contentType(objectOf(content))} };`;
}

function contentType(content: Json): string {
  const types = Object.entries(content).map(([type, media]) => [type, objectOf(media).schema] as const);
  return `content: { ${types.map(([type, schema]) => `'${type}': ${typeOf(objectOf(schema))};`).join(' ')} };`;
}

function typeOf(schema: Json): string {
  const unknown = Object.keys(schema).filter((keyword) => !KNOWN.has(keyword));
  if (unknown.length > 0) throw new TypeError(`No type is known for ${unknown.join(', ')}; add it here.`);
  const { $ref, allOf, anyOf, oneOf, type } = schema;
  if (typeof $ref === 'string') return `components['schemas']['${$ref.split('/').at(-1)}']`;
  if (Array.isArray(allOf)) return allOf.map((one) => `(${typeOf(objectOf(one))})`).join(' & ');
  const choices = anyOf ?? oneOf;
  if (Array.isArray(choices)) return choices.map((one) => `(${typeOf(objectOf(one))})`).join(' | ');
  if ('const' in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const types = Array.isArray(type) ? type : [type];
  return types.map((one) => simpleType(one, schema)).join(' | ');
}

function simpleType(type: unknown, schema: Json): string {
  switch (type) {
    case 'object':
      return objectType(schema);
    case 'array':
      return arrayType(schema);
    case 'integer':
      return 'number';
    case 'string':
      return schema.format === 'binary' ? 'Blob | Uint8Array<ArrayBuffer>' : type;
    case 'number':
    case 'boolean':
    case 'null':
      return type;
    default:
      return 'unknown';
  }
}

function objectType({ properties, required = [], additionalProperties }: Json): string {
  const needed = new Set(Array.isArray(required) ? required : []);
  const fields = Object.entries(objectOf(properties ?? {})).map(
    ([name, schema]) => `${name}${needed.has(name) ? '' : '?'}: ${typeOf(objectOf(schema))};`,
  );
  const isOpen = typeof additionalProperties === 'object' && additionalProperties !== null;
  const more = isOpen ? [`[key: string]: ${properties ? 'unknown' : typeOf(objectOf(additionalProperties))};`] : [];
  return `{ ${[...fields, ...more].join(' ')} }`;
}

function arrayType({ items, prefixItems }: Json): string {
  if (Array.isArray(prefixItems)) return `[${prefixItems.map((one) => typeOf(objectOf(one))).join(', ')}]`;
  return `(${items === undefined ? 'unknown' : typeOf(objectOf(items))})[]`;
}

function objectOf(value: unknown): Json {
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value));
  throw new TypeError('The OpenAPI document has something else where an object belongs.');
}
