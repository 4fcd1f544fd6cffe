import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  FUNCTION_NAMES,
  FUNCTION_NEEDS,
  functionNeedsSchema,
  QUEUE_NAMES,
  QUEUES,
  queueReadBy,
  queueVariables,
} from '../../src/index.ts';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const SOURCES = globSync(['packages/*/src/**/*.ts', 'apps/*/src/**/*.ts', 'tools/*/{src,bench,walk}/**/*.ts'], {
  cwd: ROOT,
}).filter((path) => !path.startsWith('packages/shared/src/queues/'));
const textOf = (path: string) => readFileSync(`${ROOT}/${path}`, 'utf8');

describe('the table of queues', () => {
  it('is the only place that names all of them', () => {
    const copies = SOURCES.filter((path) => {
      const text = textOf(path);
      return QUEUE_NAMES.every((name) => new RegExp(`^ *'${name}'[:,]`, 'm').test(text));
    });
    expect(copies).toEqual([]);
  });

  it('is the only place that names their variables', () => {
    const variables = QUEUE_NAMES.flatMap((name) => Object.values(queueVariables(name)));
    expect(SOURCES.filter((path) => variables.some((name) => textOf(path).includes(`'${name}'`)))).toEqual([]);
    expect(new Set(variables).size).toBe(2 * QUEUE_NAMES.length);
  });

  it('has one queue at most for each consumer, and knows it by it', () => {
    for (const name of QUEUE_NAMES) expect(queueReadBy(QUEUES[name].consumer)).toBe(name);
    expect(queueReadBy('api')).toBeNull();
  });

  it('gathers where Lambda wants it: above 10 messages, for a second at least', () => {
    for (const { batching } of Object.values(QUEUES)) {
      if (batching && batching.aws.size > 10) expect(batching.aws.window_ms).toBeGreaterThanOrEqual(1_000);
    }
  });
});

describe('the needs of the functions', () => {
  it.each(FUNCTION_NAMES)('%s: are of their schema and under its own name', (name) => {
    expect(functionNeedsSchema.parse(FUNCTION_NEEDS[name]).function).toBe(name);
  });

  it('let a function dead-letter on the queue that it reads, and on no other', () => {
    for (const name of FUNCTION_NAMES) {
      const dead = FUNCTION_NEEDS[name].aws.map(({ resource }) => resource).filter((each) => each.endsWith('-dead'));
      const own = queueReadBy(name);
      expect(dead).toEqual(own ? [`${own}-dead`] : []);
    }
  });

  it('name the variable of each queue that they send to', () => {
    for (const { aws, environment } of Object.values(FUNCTION_NEEDS)) {
      const sent = QUEUE_NAMES.filter((name) => aws.some(({ resource }) => resource === name));
      expect(environment).toEqual(expect.arrayContaining(sent.map((name) => queueVariables(name).url)));
    }
  });
});
