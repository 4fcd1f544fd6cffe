import { randomUUID } from 'node:crypto';
import { systemClock } from '@slipstream/shared';
import { type AwsStore, openAwsStore } from '@slipstream/store-aws';
import type { DeployedStack } from '../remote/deployed-stack.ts';
import { awsStoreOptions } from '../service/aws-operations.ts';
import { receiptsOf } from '../service/open-receipts.ts';
import { assumeRole } from './assume-role.ts';
import { removeImage } from './clean-up.ts';
import { probeSteps } from './probe-steps.ts';
import { FUNCTIONS_WITH_DATA, roleSteps } from './role-steps.ts';
import { photographStep, readsPhotographs, type Sample, sampleSteps } from './sample-steps.ts';
import { type StepResult, takeStep } from './step.ts';

export interface Verification {
  readonly stack: DeployedStack;
  readonly profile: string | null;
  /** Names of the probe's targets; none: all. */
  readonly targets: readonly string[];
  readonly sample: Sample;
  readonly wait_ms: number;
  /** Instead of each function's role. */
  readonly asOperator: boolean;
}

const REMEDY_ROLE =
  "The role's trust policy has to name you beside lambda.amazonaws.com, and you have to be allowed sts:AssumeRole; with --as-operator your own rights are used, and the roles' are not verified.";
const REMEDY_CLEAN =
  'Run it again; what is left under the image id can be deleted by hand in the table and both buckets.';

/** Every step in turn, each as soon as it is over. What it made is removed whatever happened. */
export async function* runVerification(options: Verification): AsyncGenerator<StepResult> {
  const { stack, profile } = options;
  const self = openAwsStore(awsStoreOptions(stack, profile));
  const stores: AwsStore[] = [self];
  try {
    yield* await probeSteps(stack, options.targets, profile);
    const roles = new Map<string, AwsStore>();
    for (const fn of FUNCTIONS_WITH_DATA) {
      const opened = yield* openRole(options, fn.function, self);
      if (opened === null) continue;
      stores.push(opened);
      roles.set(fn.function, opened);
      yield* roleSteps(fn, { role: opened, self }, randomUUID());
    }
    yield* followSample(options, roles, self);
  } finally {
    for (const store of stores) store.close();
  }
}

async function* openRole(
  { stack, profile, asOperator }: Verification,
  name: string,
  self: AwsStore,
): AsyncGenerator<StepResult, AwsStore | null> {
  if (asOperator) return self;
  const opened: AwsStore[] = [];
  yield await takeStep(`${name}: its role`, REMEDY_ROLE, async () => {
    const arn = stack.require(`${name.replaceAll('-', '_')}_role_arn`);
    const credentials = await assumeRole(arn, stack.require('region'), profile);
    opened.push(openAwsStore({ ...awsStoreOptions(stack, null), credentials }));
    return `assumed ${arn}`;
  });
  return opened[0] ?? null;
}

async function* followSample(
  { stack, sample, wait_ms }: Verification,
  roles: ReadonlyMap<string, AwsStore>,
  self: AwsStore,
): AsyncGenerator<StepResult> {
  const { image_id, steps } = await sampleSteps(receiptsOf(stack), sample, systemClock, wait_ms);
  yield* steps;
  if (image_id === null) return;
  for (const [name, store] of roles) {
    if (readsPhotographs(name)) yield await photographStep(name, store.raw, image_id);
  }
  yield await takeStep('clean up', REMEDY_CLEAN, async () => {
    const { records, objects } = await removeImage(self, image_id);
    return `${records} records and ${objects} objects of the sample removed`;
  });
}
