import { randomInt } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  paginateListUsers,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import { SlipstreamError } from '@slipstream/shared';
import { toStoreError } from '@slipstream/store-aws';
import type { DeployedStack } from '../remote/deployed-stack.ts';

export interface PoolUser {
  readonly email: string;
  /** The caller that the API knows them as. */
  readonly sub: string;
  readonly status: string;
  readonly is_enabled: boolean;
  readonly created_at: string;
}

const ANSWER_MS_MAX = 10_000;

/** The people of a stack's own user pool, with one's own AWS credentials. */
export class UserPool {
  readonly #client: CognitoIdentityProviderClient;
  readonly #pool: string;
  readonly #clientId: string;
  readonly #profile: string | undefined;

  constructor(stack: DeployedStack, profile: string | null) {
    const pool = stack.outputs.user_pool_id;
    if (!pool)
      throw new SlipstreamError(
        'CONFIGURATION_INVALID',
        `${stack.name} has no users of its own: people sign in at ${stack.outputs.api_issuer ?? 'its issuer'}, and are added there.`,
      );
    this.#pool = pool;
    this.#clientId = stack.require('api_audience').split(',')[0] ?? '';
    this.#profile = profile ?? undefined;
    this.#client = new CognitoIdentityProviderClient({
      region: stack.require('region'),
      requestHandler: { requestTimeout: ANSWER_MS_MAX, throwOnRequestTimeout: true },
      ...(profile ? { profile } : {}),
    });
  }

  /** Cognito mails them a password for seven days, which the first sign-in replaces. False: they were there already. */
  invite(email: string): Promise<boolean> {
    return this.#create(email, { DesiredDeliveryMediums: ['EMAIL'] });
  }

  /** A user who gets no mail; the password holds from now on, and any earlier one does not. */
  async addWithPassword(email: string, Password: string): Promise<void> {
    await this.#create(email, { MessageAction: 'SUPPRESS' });
    await this.#call(`setting the password of ${email}`, () =>
      this.#client.send(
        new AdminSetUserPasswordCommand({ UserPoolId: this.#pool, Username: email, Password, Permanent: true }),
      ),
    );
  }

  list(): Promise<readonly PoolUser[]> {
    return this.#call('listing the users', async () => {
      const users: PoolUser[] = [];
      for await (const { Users = [] } of paginateListUsers({ client: this.#client }, { UserPoolId: this.#pool })) {
        for (const { Attributes = [], Username = '', UserStatus = '', Enabled = false, UserCreateDate } of Users) {
          const attribute = (name: string) => Attributes.find(({ Name }) => Name === name)?.Value ?? Username;
          users.push({
            email: attribute('email'),
            sub: attribute('sub'),
            status: UserStatus,
            is_enabled: Enabled,
            created_at: UserCreateDate?.toISOString() ?? '',
          });
        }
      }
      return users.toSorted((a, b) => a.email.localeCompare(b.email));
    });
  }

  /** They cannot sign in any more; refresh tokens end at once, access tokens within the hour. What they sent stays. */
  async disable(email: string): Promise<void> {
    const user = { UserPoolId: this.#pool, Username: email };
    await this.#call(`disabling ${email}`, async () => {
      await this.#client.send(new AdminDisableUserCommand(user));
      await this.#client.send(new AdminUserGlobalSignOutCommand(user));
    });
  }

  /** A token of an hour, for a user whose password is known. */
  async tokenFor(email: string, password: string): Promise<string> {
    const answer = await this.#call(`signing in as ${email}`, () =>
      this.#client.send(
        new AdminInitiateAuthCommand({
          UserPoolId: this.#pool,
          ClientId: this.#clientId,
          AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: email, PASSWORD: password },
        }),
      ),
    );
    const token = answer.AuthenticationResult?.AccessToken;
    if (token) return token;
    throw new SlipstreamError(
      'CALLER_UNKNOWN',
      `${email} cannot be signed in without a person (${answer.ChallengeName ?? 'no token was given'}): slipstream users add --for-verify makes the user anew.`,
    );
  }

  close(): void {
    this.#client.destroy();
  }

  async #create(email: string, how: Pick<AdminCreateUserCommand['input'], 'DesiredDeliveryMediums' | 'MessageAction'>) {
    const attributes = { email, email_verified: 'true' };
    try {
      await this.#client.send(
        new AdminCreateUserCommand({
          UserPoolId: this.#pool,
          Username: email,
          UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
          ...how,
        }),
      );
      return true;
    } catch (thrown) {
      if (thrown instanceof UsernameExistsException) return false;
      throw toStoreError(thrown, `adding ${email}`, this.#profile);
    }
  }

  async #call<T>(what: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (thrown) {
      throw toStoreError(thrown, what, this.#profile);
    }
  }
}

const CLASSES = ['abcdefghijkmnopqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '-_.'] as const;
const PASSWORD_LENGTH = 32;

/** Of every class that the pool's password policy asks for. */
export function newPassword(): string {
  const all = CLASSES.join('');
  const pick = (from: string) => from[randomInt(from.length)] ?? '';
  const rest = Array.from({ length: PASSWORD_LENGTH - CLASSES.length }, () => pick(all));
  return [...CLASSES.map(pick), ...rest].join('');
}
