import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { StepResult } from '@slipstream/doctor';
import { SlipstreamError } from '@slipstream/shared';
import { z } from 'zod';
import type { DeployedStack } from '../remote/deployed-stack.ts';

/** Of the answer of the function connectivity-probe, what a row needs. */
const resultsSchema = z.array(
  z.object({ target: z.string(), ok: z.boolean(), error: z.string().nullable(), meaning: z.string() }),
);

/** The function gives up after 20 s at most; Lambda's own answer comes with it. */
const ANSWER_MS_MAX = 45_000;
const REMEDY_PROBE =
  'The function connectivity-probe has to stand and answer: look at its log, and whether you may call lambda:InvokeFunction on its alias live.';

/** Each target as it is seen from the functions' subnets and security group: a row a target. */
export async function probeSteps(
  stack: DeployedStack,
  targets: readonly string[],
  profile: string | null,
): Promise<readonly StepResult[]> {
  const startedAt = performance.now();
  const took = () => Math.round(performance.now() - startedAt);
  try {
    const results = await invokeProbe(stack, targets, profile);
    return results.map(({ target, ok, error, meaning }) => ({
      step: `reach ${target}`,
      ok,
      detail: ok ? meaning : `${error ?? 'no good answer'}`,
      remedy: ok ? null : meaning,
      duration_ms: took(),
    }));
  } catch (thrown) {
    const { message } = SlipstreamError.from(thrown);
    return [{ step: 'reach anything', ok: false, detail: message, remedy: REMEDY_PROBE, duration_ms: took() }];
  }
}

/** What the probe is asked to reach: what is given, else what the deploy says this network reaches; empty: all it knows. */
export function probedTargets(given: unknown, { outputs }: Pick<DeployedStack, 'outputs'>): readonly string[] {
  const names = typeof given === 'string' ? given : (outputs.verify_targets ?? '');
  return names.split(',').filter(Boolean);
}

async function invokeProbe(stack: DeployedStack, targets: readonly string[], profile: string | null) {
  const client = new LambdaClient({
    region: stack.require('region'),
    requestHandler: { requestTimeout: ANSWER_MS_MAX, throwOnRequestTimeout: true },
    ...(profile ? { profile } : {}),
  });
  try {
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({
        FunctionName: stack.require('connectivity_probe_function'),
        Payload: JSON.stringify(targets.length > 0 ? { targets } : {}),
      }),
    );
    const answer = Buffer.from(Payload ?? []).toString('utf8');
    if (FunctionError) {
      throw new SlipstreamError('REQUEST_INVALID', `connectivity-probe failed: ${answer.slice(0, 500)}`);
    }
    return resultsSchema.parse(JSON.parse(answer));
  } finally {
    client.destroy();
  }
}
