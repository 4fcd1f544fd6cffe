import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { LocalFunction, type LocalFunctionOptions, payloadOf } from '../../runtime-api/index.ts';
import { writeBundle } from './write-bundle.ts';

const started: LocalFunction[] = [];
afterEach(() => {
  for (const fn of started.splice(0)) fn.close();
});
function start(source: string, options: Partial<LocalFunctionOptions> = {}): LocalFunction {
  const fn = new LocalFunction({ name: 'tested', bundle_dir: writeBundle(source), variables: {}, ...options });
  started.push(fn);
  return fn;
}

describe('an invocation', () => {
  it('gets its event and a context, and its answer comes back', async () => {
    const fn = start(
      `export const handler = async (event, context) => ({ event, id: context.awsRequestId, name: context.functionName, left: context.getRemainingTimeInMillis() });`,
      { timeout_ms: 5_000 },
    );
    const invocation = await fn.invoke({ a: 'ä' });
    expect(payloadOf(invocation)).toMatchObject({ event: { a: 'ä' }, id: invocation.request_id, name: 'tested' });
    const { left } = Object(payloadOf(invocation));
    expect(left).toBeGreaterThan(1_000);
    expect(left).toBeLessThanOrEqual(5_000);
  });

  it('uses a process again, and tells a cold start from a warm one', async () => {
    const fn = start(`let n = 0; export const handler = async () => (n += 1);`);
    expect(await fn.invoke({})).toMatchObject({ is_cold: true, outcome: { payload: 1 } });
    expect(await fn.invoke({})).toMatchObject({ is_cold: false, outcome: { payload: 2 } });
  });

  it('that throws keeps its process; the caller learns type and message', async () => {
    const fn = start(
      `let n = 0; export const handler = async () => { n += 1; if (n === 1) throw new TypeError('no'); return n; };`,
    );
    expect((await fn.invoke({})).outcome).toEqual({
      kind: 'failed',
      phase: 'invoke',
      error_type: 'TypeError',
      message: 'no',
    });
    expect(await fn.invoke({})).toMatchObject({ is_cold: false, outcome: { payload: 2 } });
  });

  it('that takes too long is killed, and the next one gets a new process', async () => {
    const fn = start(
      `export const handler = async ({ wait }) => { await new Promise((r) => setTimeout(r, wait)); return 'awake'; };`,
      { timeout_ms: 300 },
    );
    expect((await fn.invoke({ wait: 60_000 })).outcome).toEqual({ kind: 'timed_out', timeout_ms: 300 });
    expect(fn.processes).toBe(0);
    expect(await fn.invoke({ wait: 0 })).toMatchObject({ is_cold: true, outcome: { payload: 'awake' } });
  });

  it('whose process exits says how', async () => {
    const fn = start(`export const handler = async () => process.exit(7);`);
    expect((await fn.invoke({})).outcome).toEqual({ kind: 'exited', how: 'exit status 7' });
  });

  it('can be killed in the middle of its work', async () => {
    const fn = start(`export const handler = () => new Promise(() => setInterval(() => {}, 1_000));`);
    const invocation = fn.invoke({});
    while (fn.processes === 0) await sleep(5);
    await sleep(50);
    fn.kill();
    expect((await invocation).outcome).toEqual({ kind: 'exited', how: 'signal: SIGKILL' });
  });
});

describe('a process', () => {
  it('that cannot load its bundle says why', async () => {
    const fn = start(`throw new Error('half built');`);
    expect((await fn.invoke({})).outcome).toMatchObject({ kind: 'failed', phase: 'init', message: 'half built' });
    expect((await start(`export const other = 1;`).invoke({})).outcome).toMatchObject({
      kind: 'failed',
      phase: 'init',
    });
  });

  it('stands still between invocations', async () => {
    const bundle = `import { appendFileSync } from 'node:fs';
      setInterval(() => appendFileSync('ticks', '.'), 5);
      export const handler = () => new Promise((resolve) => setTimeout(resolve, 60));`;
    const bundle_dir = writeBundle(bundle);
    const fn = new LocalFunction({ name: 'ticking', bundle_dir, variables: {} });
    started.push(fn);
    await fn.invoke({});
    const ticks = () => statSync(`${bundle_dir}/ticks`).size;
    const frozenAt = ticks();
    expect(frozenAt).toBeGreaterThan(0);
    await sleep(150);
    expect(ticks()).toBe(frozenAt);
    await fn.invoke({});
    expect(ticks()).toBeGreaterThan(frozenAt);
  });

  it('sees the variables of its function and nothing of the machine', async () => {
    const fn = start(`export const handler = async () => process.env;`, { variables: { TABLE: 'receipts' } });
    const variables = Object(payloadOf(await fn.invoke({})));
    expect(variables).toMatchObject({ TABLE: 'receipts', AWS_LAMBDA_FUNCTION_NAME: 'tested', TZ: ':UTC' });
    expect(Object.keys(variables).filter((name) => name.startsWith('npm_') || name.startsWith('VITEST'))).toEqual([]);
  });

  it('runs one invocation at a time; more of them get processes of their own, up to the limit', async () => {
    const fn = start(
      `let busy = 0; export const handler = async () => { busy += 1; await new Promise((r) => setTimeout(r, 100)); busy -= 1; return busy; };`,
      { concurrency_max: 2 },
    );
    const invocations = await Promise.all([1, 2, 3, 4].map(() => fn.invoke({})));
    expect(invocations.map(payloadOf)).toEqual([0, 0, 0, 0]);
    expect(fn.processes).toBe(2);
  });

  it.runIf(process.platform === 'linux')('says how much memory it took', async () => {
    const fn = start(`export const handler = async () => null;`);
    await fn.invoke({});
    expect(fn.peakMemoryBytes()).toBeGreaterThan(10_000_000);
  });
});
