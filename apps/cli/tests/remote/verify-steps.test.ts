import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StepResult } from '@slipstream/doctor';
import { DEPLOYED_QUEUE_NAMES, SlipstreamError, systemClock } from '@slipstream/shared';
import { type EmbeddedStore, openEmbeddedStore } from '@slipstream/store-embedded';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FUNCTIONS_WITH_DATA, type Hands, roleSteps } from '../../src/verify/role-steps.ts';

/** The steps know ports only: the embedded home stands in for the stack. */
let folder = '';
let store: EmbeddedStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipstream-verify-'));
  store = await openEmbeddedStore({ dataDir: folder, clock: systemClock });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function stepsOf(hands: Hands): Promise<readonly StepResult[]> {
  const steps: StepResult[] = [];
  for (const fn of FUNCTIONS_WITH_DATA) for await (const step of roleSteps(fn, hands, 'mark')) steps.push(step);
  return steps;
}
const self = () => ({ ...store, queue: <M>(name: string) => store.queue<M>(queueNamed(name)), close: () => {} });
function queueNamed(name: string) {
  const found = DEPLOYED_QUEUE_NAMES.find((one) => one === name);
  if (!found) throw new Error(`no queue ${name}`);
  return found;
}

it('each role is tried as far as its needs go, and nothing marked is left', async () => {
  const steps = await stepsOf({ role: self(), self: self() });
  expect(steps.filter(({ ok }) => !ok)).toEqual([]);
  expect(steps.map(({ step }) => step)).toEqual(
    expect.arrayContaining(['api: a record', 'submit-job: a message in uploads-queue-dead']),
  );
  expect((await store.artifacts.list({ prefix: '', limit: 10 })).items).toEqual([]);
  expect((await store.queue('uploads-queue').depth()).dead).toBe(0);
  for (const { function: sk } of FUNCTIONS_WITH_DATA)
    expect(await store.records.get({ pk: 'VERIFY#mark', sk })).toBeNull();
});

it('a role that is refused makes a failed row that says what to do', async () => {
  const refuse = async () => {
    throw new SlipstreamError('ACCESS_DENIED', 'The role may not.');
  };
  const role = {
    ...self(),
    records: { ...store.records, get: refuse, write: refuse, query: refuse, transact: refuse },
  };
  const steps = await stepsOf({ role, self: self() });
  expect(steps.find(({ step }) => step === 'api: a record')).toMatchObject({
    ok: false,
    detail: expect.stringContaining('ACCESS_DENIED'),
    remedy: expect.stringContaining('needs.json'),
  });
});
