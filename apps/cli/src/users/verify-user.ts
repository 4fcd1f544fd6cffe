import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SlipstreamError } from '@slipstream/shared';
import { toStoreError } from '@slipstream/store-aws';
import { z } from 'zod';
import type { DeployedStack } from '../remote/deployed-stack.ts';
import { newPassword, UserPool } from './user-pool.ts';

const userSchema = z.object({ email: z.string(), password: z.string() });
const ANSWER_MS_MAX = 10_000;
/** A name for the pool, and no mailbox: `.invalid` is nobody's (RFC 2606). */
const emailOf = (stack: DeployedStack) => `verify@${stack.name}.invalid`;

/** Makes the user that `verify` and CI sign in as, or gives it a new password; both lie in Secrets Manager alone. */
export async function makeVerifyUser(stack: DeployedStack, profile: string | null): Promise<string> {
  const user = { email: emailOf(stack), password: newPassword() };
  const pool = new UserPool(stack, profile);
  const secrets = secretsOf(stack, profile);
  try {
    await pool.addWithPassword(user.email, user.password);
    const SecretId = stack.require('verify_user_secret_arn');
    await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(user) }));
    return user.email;
  } catch (thrown) {
    throw thrown instanceof SlipstreamError
      ? thrown
      : toStoreError(thrown, 'keeping the password', profile ?? undefined);
  } finally {
    pool.close();
    secrets.destroy();
  }
}

/** A token of the verify user; null where the stack has no users of its own, or this one was never made. */
export async function verifyUserToken(stack: DeployedStack, profile: string | null): Promise<string | null> {
  const SecretId = stack.outputs.verify_user_secret_arn;
  if (!SecretId) return null;
  const secrets = secretsOf(stack, profile);
  const pool = new UserPool(stack, profile);
  try {
    const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId }));
    const user = userSchema.parse(JSON.parse(SecretString ?? 'null'));
    return await pool.tokenFor(user.email, user.password);
  } catch (thrown) {
    // The deploy makes the secret empty: AWS knows no value of it.
    if (thrown instanceof Error && thrown.name === 'ResourceNotFoundException') return null;
    throw thrown instanceof SlipstreamError
      ? thrown
      : toStoreError(thrown, "reading the verify user's password", profile ?? undefined);
  } finally {
    pool.close();
    secrets.destroy();
  }
}

function secretsOf(stack: DeployedStack, profile: string | null): SecretsManagerClient {
  return new SecretsManagerClient({
    region: stack.require('region'),
    requestHandler: { requestTimeout: ANSWER_MS_MAX, throwOnRequestTimeout: true },
    ...(profile ? { profile } : {}),
  });
}
