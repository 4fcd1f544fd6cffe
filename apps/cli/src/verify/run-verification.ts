import { randomUUID } from 'node:crypto';
import { type StepResult, takeStep } from '@slipstream/doctor';
import { sha256Hex } from '@slipstream/runtime';
import { imageIdOf, ownerOfSubject, systemClock } from '@slipstream/shared';
import { type AwsStore, openAwsStore } from '@slipstream/store-aws';
import type { DeployedStack } from '../remote/deployed-stack.ts';
import { awsStoreOptions } from '../service/aws-operations.ts';
import { receiptsOf } from '../service/open-receipts.ts';
import { shortName, tokenSource } from '../session/token-source.ts';
import { verifyUserToken } from '../users/verify-user.ts';
import { assumeRole } from './assume-role.ts';
import { removeImage } from './clean-up.ts';
import { probeSteps } from './probe-steps.ts';
import { queueSteps } from './queue-steps.ts';
import { FUNCTIONS_WITH_DATA, roleSteps } from './role-steps.ts';
import { photographStep, readsPhotographs, type Sample, sampleSteps } from './sample-steps.ts';

export interface Verification {
  readonly stack: DeployedStack;
  readonly profile: string | null;
  /** Names of the probe's targets; none: all. */
  readonly targets: readonly string[];
  readonly sample: Sample;
  readonly wait_ms: number;
  /** Instead of each function's role. */
  readonly asOperator: boolean;
  /** No further step is taken, but what was made is removed. */
  readonly signal: AbortSignal;
}

const REMEDY_ROLE =
  "Name yourself in verify.operator_arns of the environment and deploy (the role's trust policy then names you), and have sts:AssumeRole; with --as-operator your own rights are used, and the roles' are not verified.";
const REMEDY_CLEAN =
  'You need sqs, s3 and dynamodb rights on all of the stack for it. What is left under the image id can be deleted by hand in the table and both buckets.';
const REMEDY_INTERRUPTED = 'Run it again; nothing of this run is left behind where the clean-up passed.';

/** Every step in turn, each as soon as it is over. What it made is removed whatever happened. */
export async function* runVerification(options: Verification): AsyncGenerator<StepResult> {
  const { stack, profile, signal } = options;
  const self = openAwsStore(awsStoreOptions(stack, profile));
  const stores: AwsStore[] = [self];
  try {
    yield* queueSteps(self);
    if (!signal.aborted) yield* await probeSteps(stack, options.targets, profile);
    const roles = new Map<string, AwsStore>();
    for (const fn of FUNCTIONS_WITH_DATA) {
      if (signal.aborted) break;
      const opened = yield* openRole(options, fn.function, self);
      if (opened === null) continue;
      stores.push(opened);
      roles.set(fn.function, opened);
      yield* roleSteps(fn, { role: opened, self }, randomUUID());
    }
    if (!signal.aborted) yield* followSample(options, roles, self);
    if (signal.aborted) yield await takeStep('all steps', REMEDY_INTERRUPTED, () => Promise.reject(signal.reason));
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
  { stack, profile, sample, wait_ms, signal }: Verification,
  roles: ReadonlyMap<string, AwsStore>,
  self: AwsStore,
): AsyncGenerator<StepResult> {
  let token: Promise<string | null> | null = null;
  const verifyUser = () => {
    token ??= verifyUserToken(stack, profile);
    return token;
  };
  const receipts = receiptsOf(stack, verifyUser);
  const { image_id, steps } = await sampleSteps(receipts, sample, systemClock, {
    stack: shortName(stack),
    wait_ms,
    signal,
  });
  yield* steps;
  if (image_id !== null) {
    for (const [name, store] of roles) {
      if (readsPhotographs(name)) yield await photographStep(name, store.raw, image_id);
    }
  }
  // An upload that failed may have come as far as the bucket.
  yield await takeStep('clean up', REMEDY_CLEAN, async () => {
    const sampled = image_id ?? (await ownImageId(stack, verifyUser, sample));
    return (await removeImage(self, systemClock, sampled)) ? 'the sample is removed' : 'there was nothing to remove';
  });
}

/** That the sample would have of whoever is signed in. */
async function ownImageId(
  stack: DeployedStack,
  otherwise: () => Promise<string | null>,
  { bytes }: Sample,
): Promise<string> {
  const token = await tokenSource(stack, undefined, otherwise)(null).catch(() => '');
  const subject = tokenSubject(token);
  return imageIdOf(sha256Hex(bytes), subject === null ? undefined : ownerOfSubject(subject));
}

/** Whom a token says it is of; null where it is no JWT. Nothing is verified here: that is the API's. */
function tokenSubject(token: string): string | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const { sub } = Object(claims);
    return typeof sub === 'string' ? sub : null;
  } catch {
    return null;
  }
}
