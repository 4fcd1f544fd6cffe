/** Terraform's expression language as far as stacks use it, as a tree. Source: Terraform language, "Expressions". */
export type Expression =
  | { readonly kind: 'literal'; readonly value: unknown }
  | { readonly kind: 'template'; readonly parts: readonly Expression[] }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'attribute'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'index'; readonly of: Expression; readonly index: Expression }
  | { readonly kind: 'splat'; readonly of: Expression; readonly steps: readonly SplatStep[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly spread: boolean }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | {
      readonly kind: 'conditional';
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | {
      readonly kind: 'for';
      readonly names: readonly string[];
      readonly over: Expression;
      readonly key: Expression | null;
      readonly value: Expression;
      readonly condition: Expression | null;
      readonly grouped: boolean;
    };

type SplatStep = { readonly name: string } | { readonly index: Expression };

const BINARY: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 4,
  '>': 4,
  '<=': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%': 6,
};

/** Of a string that may hold `${…}`: a literal where it holds none. Throws on what is no expression. */
export function parseTemplate(text: string): Expression {
  if (!text.includes('${') && !text.includes('%{')) return { kind: 'literal', value: text };
  const parts: Expression[] = [];
  let plain = '';
  let at = 0;
  while (at < text.length) {
    if (text.startsWith('$${', at) || text.startsWith('%%{', at)) {
      plain += text.slice(at + 1, at + 3);
      at += 3;
    } else if (text.startsWith('${', at)) {
      if (plain) parts.push({ kind: 'literal', value: plain });
      plain = '';
      const parser = new Parser(text, at + 2);
      parts.push(parser.expression());
      at = parser.closeBrace();
    } else if (text.startsWith('%{', at)) {
      throw new SyntaxError('template directives are not evaluated');
    } else {
      plain += text[at];
      at += 1;
    }
  }
  if (plain) parts.push({ kind: 'literal', value: plain });
  const [only] = parts;
  return parts.length === 1 && only ? only : { kind: 'template', parts };
}

export function parseExpression(text: string): Expression {
  return new Parser(text, 0).expression();
}

class Parser {
  readonly #text: string;
  #at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
  }

  /** Behind an interpolation; where the text goes on. */
  closeBrace(): number {
    this.#take('}');
    return this.#at;
  }

  expression(): Expression {
    const condition = this.#binary(1);
    if (!this.#skip('?')) return condition;
    const then = this.expression();
    this.#take(':');
    return { kind: 'conditional', condition, then, otherwise: this.expression() };
  }

  #binary(level: number): Expression {
    let left = this.#unary();
    for (;;) {
      const operator = this.#operator();
      const precedence = operator === null ? 0 : (BINARY[operator] ?? 0);
      if (operator === null || precedence < level) return left;
      this.#take(operator);
      left = { kind: 'binary', operator, left, right: this.#binary(precedence + 1) };
    }
  }

  #unary(): Expression {
    if (this.#skip('!')) return { kind: 'unary', operator: '!', operand: this.#unary() };
    if (this.#peek() === '-') {
      this.#take('-');
      return { kind: 'unary', operator: '-', operand: this.#unary() };
    }
    return this.#postfix(this.#primary());
  }

  #postfix(start: Expression): Expression {
    let value = start;
    for (;;) {
      if (this.#skip('.')) {
        if (this.#skip('*')) value = { kind: 'splat', of: value, steps: this.#splatSteps(false) };
        else {
          const digits = /^\d+/.exec(this.#text.slice(this.#at))?.[0];
          if (digits) {
            this.#at += digits.length;
            value = { kind: 'index', of: value, index: { kind: 'literal', value: Number(digits) } };
          } else value = { kind: 'attribute', of: value, name: this.#name() };
        }
      } else if (this.#text[this.#at] === '[') {
        this.#take('[');
        if (this.#skip('*')) {
          this.#take(']');
          value = { kind: 'splat', of: value, steps: this.#splatSteps(true) };
        } else {
          const index = this.expression();
          this.#take(']');
          value = { kind: 'index', of: value, index };
        }
      } else return value;
    }
  }

  #splatSteps(full: boolean): SplatStep[] {
    const steps: SplatStep[] = [];
    for (;;) {
      if (this.#text[this.#at] === '.') {
        this.#at += 1;
        steps.push({ name: this.#name() });
      } else if (full && this.#text[this.#at] === '[') {
        this.#take('[');
        steps.push({ index: this.expression() });
        this.#take(']');
      } else return steps;
    }
  }

  #primary(): Expression {
    const next = this.#peek();
    if (next === '(') {
      this.#take('(');
      const inner = this.expression();
      this.#take(')');
      return inner;
    }
    if (next === '"') return this.#string();
    if (next === '[') return this.#listOrFor();
    if (next === '{') return this.#objectOrFor();
    const number = /^\d+(\.\d+)?([eE][+-]?\d+)?/.exec(this.#rest())?.[0];
    if (number) {
      this.#at += number.length;
      return { kind: 'literal', value: Number(number) };
    }
    const name = this.#name();
    if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' };
    if (name === 'null') return { kind: 'literal', value: null };
    if (this.#text[this.#at] !== '(') return { kind: 'name', name };
    this.#take('(');
    const args: Expression[] = [];
    let spread = false;
    while (!this.#skip(')')) {
      args.push(this.expression());
      if (this.#skip('...')) spread = true;
      this.#skip(',');
    }
    return { kind: 'call', name, args, spread };
  }

  #listOrFor(): Expression {
    this.#take('[');
    if (this.#word('for')) return this.#for(']');
    const items: Expression[] = [];
    while (!this.#skip(']')) {
      items.push(this.expression());
      this.#skip(',');
    }
    return { kind: 'list', items };
  }

  #objectOrFor(): Expression {
    this.#take('{');
    if (this.#word('for')) return this.#for('}');
    const entries: (readonly [Expression, Expression])[] = [];
    while (!this.#skip('}')) {
      const parsed = this.expression();
      const key: Expression = parsed.kind === 'name' ? { kind: 'literal', value: parsed.name } : parsed;
      if (!this.#skip('=')) this.#take(':');
      entries.push([key, this.expression()]);
      this.#skip(',');
    }
    return { kind: 'object', entries };
  }

  #for(close: string): Expression {
    const names = [this.#name()];
    if (this.#skip(',')) names.push(this.#name());
    if (!this.#word('in')) throw new SyntaxError('for without in');
    const over = this.expression();
    this.#take(':');
    let value = this.expression();
    let key: Expression | null = null;
    if (this.#skip('=>')) {
      key = value;
      value = this.expression();
    }
    const grouped = this.#skip('...');
    const condition = this.#word('if') ? this.expression() : null;
    this.#take(close);
    return { kind: 'for', names, over, key, value, condition, grouped };
  }

  #string(): Expression {
    this.#take('"');
    const parts: Expression[] = [];
    let plain = '';
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined) throw new SyntaxError('a string does not end');
      if (character === '"') break;
      if (character === '\\') {
        const [text, length] = unescapeAt(this.#text, this.#at);
        plain += text;
        this.#at += length;
      } else if (this.#text.startsWith('$${', this.#at)) {
        plain += '${';
        this.#at += 3;
      } else if (this.#text.startsWith('${', this.#at)) {
        if (plain) parts.push({ kind: 'literal', value: plain });
        plain = '';
        this.#at += 2;
        parts.push(this.expression());
        this.#take('}');
      } else {
        plain += character;
        this.#at += 1;
      }
    }
    this.#at += 1;
    if (plain || parts.length === 0) parts.push({ kind: 'literal', value: plain });
    const [only] = parts;
    return parts.length === 1 && only?.kind === 'literal' ? only : { kind: 'template', parts };
  }

  #operator(): string | null {
    const rest = this.#rest();
    const two = rest.slice(0, 2);
    if (two === '=>') return null;
    if (two in BINARY) return two;
    const one = rest.slice(0, 1);
    return one in BINARY ? one : null;
  }

  #name(): string {
    const name = /^[\p{L}_][\p{L}\p{N}_-]*(::[\w-]+)*/u.exec(this.#rest())?.[0];
    if (!name) throw new SyntaxError(`no expression at "${this.#text.slice(this.#at, this.#at + 20)}"`);
    this.#at += name.length;
    return name;
  }

  #word(word: string): boolean {
    const rest = this.#rest();
    if (!rest.startsWith(word) || /[\w-]/.test(rest[word.length] ?? ' ')) return false;
    this.#at += word.length;
    return true;
  }

  #peek(): string {
    return this.#rest()[0] ?? '';
  }

  #rest(): string {
    while (/\s/.test(this.#text[this.#at] ?? 'x')) this.#at += 1;
    return this.#text.slice(this.#at, this.#at + 200);
  }

  #skip(token: string): boolean {
    if (!this.#rest().startsWith(token)) return false;
    this.#at += token.length;
    return true;
  }

  #take(token: string): void {
    if (!this.#skip(token)) throw new SyntaxError(`"${token}" is missing at "${this.#rest().slice(0, 20)}"`);
  }
}

function unescapeAt(text: string, at: number): readonly [string, number] {
  const next = text[at + 1] ?? '';
  if (next === 'n') return ['\n', 2];
  if (next === 't') return ['\t', 2];
  if (next === 'r') return ['\r', 2];
  const code = /^u([0-9a-fA-F]{4})/.exec(text.slice(at + 1, at + 6))?.[1];
  if (code) return [String.fromCharCode(Number.parseInt(code, 16)), 6];
  return [next, 2];
}
