import { type Expression, parseTemplate } from './expression.ts';
import { arrayOf, callFunction } from './functions.ts';
import { isUnknown, UnknownValue } from './unknown-value.ts';

/** What the names of an expression stand for. `undefined`: the name is not known at all. */
export interface Scope {
  /** `var`, `local`, `count`, `each`, `data`, `module`, a resource type, a variable of a `for`. */
  root(name: string): unknown;
}

/** An object whose attributes are computed when they are asked for: a resource, `var`, `data`. */
export interface Lazy {
  attribute(name: string): unknown;
  /** One of its instances; without it, index 0 is the thing itself. */
  at?(index: string | number): unknown;
}

export function isLazy(value: unknown): value is Lazy {
  return typeof value === 'object' && value !== null && 'attribute' in value && typeof value.attribute === 'function';
}

const parsed = new Map<string, Expression | null>();

/** The value of a configuration's value: templates in strings of any depth are evaluated. */
export function evaluateDeep(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') return evaluateText(value, scope);
  if (Array.isArray(value)) return value.map((each) => evaluateDeep(each, scope));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, evaluateDeep(each, scope)]));
}

function evaluateText(text: string, scope: Scope): unknown {
  if (!text.includes('${') && !text.includes('%{')) return text;
  let tree = parsed.get(text);
  if (tree === undefined) {
    try {
      tree = parseTemplate(text);
    } catch {
      tree = null;
    }
    if (parsed.size < 50_000) parsed.set(text, tree);
  }
  return tree === null ? new UnknownValue(referencesOfText(text)) : evaluate(tree, scope);
}

/** Addresses that are named in a text that cannot be parsed. */
function referencesOfText(text: string): string[] {
  return [...text.matchAll(/\b(?:data\.)?[a-z]+_[a-z0-9_]+\.[\w-]+(?:\[[^\]]*\])?/g)].map(([reference]) => reference);
}

export function evaluate(tree: Expression, scope: Scope): unknown {
  switch (tree.kind) {
    case 'literal':
      return tree.value;
    case 'template':
      return template(tree.parts.map((part) => [part, evaluate(part, scope)] as const));
    case 'name': {
      const value = scope.root(tree.name);
      return value === undefined ? new UnknownValue() : value;
    }
    case 'attribute':
      return attributeOf(evaluate(tree.of, scope), tree.name, tree);
    case 'index':
      return indexOf(evaluate(tree.of, scope), evaluate(tree.index, scope), tree);
    case 'splat': {
      const list = evaluate(tree.of, scope);
      if (isUnknown(list)) return list;
      const items = Array.isArray(list) ? list : isLazy(list) || list === null ? [list].filter(Boolean) : arrayOf(list);
      return items.map((item) =>
        tree.steps.reduce<unknown>(
          (value, step) =>
            'name' in step ? attributeOf(value, step.name, tree) : indexOf(value, evaluate(step.index, scope), tree),
          item,
        ),
      );
    }
    case 'call':
      return call(tree, scope);
    case 'unary': {
      const value = evaluate(tree.operand, scope);
      if (isUnknown(value)) return value;
      return tree.operator === '!' ? value !== true : -Number(value);
    }
    case 'binary':
      return binary(tree.operator, evaluate(tree.left, scope), evaluate(tree.right, scope));
    case 'conditional': {
      const condition = evaluate(tree.condition, scope);
      if (isUnknown(condition))
        return UnknownValue.of(condition, evaluate(tree.then, scope), evaluate(tree.otherwise, scope));
      return evaluate(condition === true || condition === 'true' ? tree.then : tree.otherwise, scope);
    }
    case 'list':
      return tree.items.map((item) => evaluate(item, scope));
    case 'object':
      return Object.fromEntries(
        tree.entries.map(([key, value]) => [String(evaluate(key, scope)), evaluate(value, scope)]),
      );
    case 'for':
      return comprehension(tree, scope);
  }
}

function template(parts: readonly (readonly [Expression, unknown])[]): unknown {
  // What is not known stays as it is written: an ARN keeps its shape.
  return parts.map(([part, value]) => (isPlain(value) ? String(value ?? '') : `\${${describe(part)}}`)).join('');
}

function isPlain(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** An expression as text, where it is a chain of names. */
function describe(tree: Expression): string {
  if (tree.kind === 'name') return tree.name;
  if (tree.kind === 'attribute') return `${describe(tree.of)}.${tree.name}`;
  if (tree.kind === 'index')
    return `${describe(tree.of)}[${tree.index.kind === 'literal' ? JSON.stringify(tree.index.value) : '…'}]`;
  return '…';
}

function attributeOf(value: unknown, name: string, tree: Expression): unknown {
  if (isUnknown(value)) return value;
  if (isLazy(value)) return value.attribute(name);
  if (Array.isArray(value)) {
    const [only] = value;
    return value.length === 1 ? attributeOf(only, name, tree) : new UnknownValue([describe(tree)]);
  }
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).find(([key]) => key === name)?.[1] ?? null;
  return new UnknownValue([describe(tree)]);
}

function indexOf(value: unknown, index: unknown, tree: Expression): unknown {
  if (isUnknown(value) && typeof index === 'number' && isList(value))
    return new UnknownValue([value.references[index] ?? ''], value.origin);
  if (isUnknown(value) || isUnknown(index)) return UnknownValue.of(value, index);
  if (Array.isArray(value)) return value[Number(index)] ?? new UnknownValue([describe(tree)]);
  if (isLazy(value)) {
    if (value.at && (typeof index === 'string' || typeof index === 'number')) return value.at(index);
    return Number(index) === 0 ? value : value.attribute(String(index));
  }
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).find(([key]) => key === String(index))?.[1] ?? new UnknownValue([describe(tree)]);
  return new UnknownValue([describe(tree)]);
}

/** Whether the references are the instances of one resource, in their order: a list of which a member can be told. */
function isList({ references }: UnknownValue): boolean {
  const labels = new Set(references.map((each) => each.replace(/\[(?:"[^"]*"|\d+)\](?:\.\w+)?$/, '')));
  return references.length > 1 && labels.size === 1 && !labels.has(references[0] ?? '');
}

function call(tree: Extract<Expression, { kind: 'call' }>, scope: Scope): unknown {
  if (tree.name === 'try' || tree.name === 'can') {
    const values = tree.args.map((arg) => evaluate(arg, scope));
    const known = values.find((value) => !isUnknown(value));
    if (tree.name === 'can') return known !== undefined;
    return known === undefined ? UnknownValue.of(...values) : known;
  }
  const args = tree.args.map((arg) => evaluate(arg, scope));
  const last = args.at(-1);
  return callFunction(tree.name, tree.spread ? [...args.slice(0, -1), ...arrayOf(last)] : args);
}

function binary(operator: string, left: unknown, right: unknown): unknown {
  if (isUnknown(left) || isUnknown(right)) return UnknownValue.of(left, right);
  const [a, b] = [Number(left), Number(right)];
  const results: Readonly<Record<string, () => unknown>> = {
    '||': () => left === true || right === true,
    '&&': () => left === true && right === true,
    '==': () => left === right || String(left) === String(right),
    '!=': () => left !== right && String(left) !== String(right),
    '<': () => a < b,
    '>': () => a > b,
    '<=': () => a <= b,
    '>=': () => a >= b,
    '+': () => a + b,
    '-': () => a - b,
    '*': () => a * b,
    '/': () => a / b,
    '%': () => a % b,
  };
  return results[operator]?.() ?? new UnknownValue();
}

function comprehension(tree: Extract<Expression, { kind: 'for' }>, scope: Scope): unknown {
  const over = evaluate(tree.over, scope);
  if (isUnknown(over)) return over;
  const pairs: (readonly [unknown, unknown])[] = Array.isArray(over)
    ? over.map((value, at) => [at, value])
    : Object.entries(Object(over));
  const made: [unknown, unknown][] = [];
  for (const [key, value] of pairs) {
    const [first, second] = tree.names;
    const inner: Scope = {
      root: (name) => {
        if (name === (second ?? first)) return value;
        return second !== undefined && name === first ? key : scope.root(name);
      },
    };
    if (tree.condition && evaluate(tree.condition, inner) !== true) continue;
    made.push([tree.key ? evaluate(tree.key, inner) : null, evaluate(tree.value, inner)]);
  }
  if (!tree.key) return made.map(([, value]) => value);
  return Object.fromEntries(made.map(([key, value]) => [String(key), value]));
}
