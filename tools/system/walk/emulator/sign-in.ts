import {
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  type Authenticated,
  type IssuerClient,
  type OidcIssuer,
  startOidcIssuer,
} from '@slipstream/testing/oidc-issuer';

const LIFE_S = 3_600;

/** The pool's page and tokens: its people, its client and its registered redirects are those that were deployed. */
export class SignIn {
  readonly issuer: OidcIssuer;
  readonly #pool: CognitoIdentityProviderClient;

  private constructor(issuer: OidcIssuer, pool: CognitoIdentityProviderClient) {
    this.issuer = issuer;
    this.#pool = pool;
  }

  static async start(endpoint: string, region: string): Promise<SignIn> {
    const pool = new CognitoIdentityProviderClient({ endpoint, region });
    const issuer = await startOidcIssuer({
      findClient: (id) => findClient(pool, id),
      authenticate: (email, password, newPassword) => authenticate(pool, email, password, newPassword),
    });
    return new SignIn(issuer, pool);
  }

  /** A pool's tokens are signed by the issuer that the API trusts; in the walk that is this one. */
  async tokensFor(
    email: string,
  ): Promise<{ readonly AccessToken: string; readonly ExpiresIn: number; readonly TokenType: string }> {
    const { poolId, clientId } = await thePool(this.#pool);
    const sub = await subOf(this.#pool, poolId, email);
    const AccessToken = await this.issuer.mint({ sub, client_id: clientId, token_use: 'access' }, LIFE_S);
    return { AccessToken, ExpiresIn: LIFE_S, TokenType: 'Bearer' };
  }

  close(): void {
    this.issuer.close();
    this.#pool.destroy();
  }
}

async function thePool(pool: CognitoIdentityProviderClient): Promise<{ poolId: string; clientId: string }> {
  const { UserPools = [] } = await pool.send(new ListUserPoolsCommand({ MaxResults: 10 }));
  const poolId = UserPools[0]?.Id ?? '';
  const { UserPoolClients = [] } = await pool.send(
    new ListUserPoolClientsCommand({ UserPoolId: poolId, MaxResults: 10 }),
  );
  return { poolId, clientId: UserPoolClients[0]?.ClientId ?? '' };
}

async function findClient(pool: CognitoIdentityProviderClient, asked: string): Promise<IssuerClient | null> {
  const { poolId, clientId } = await thePool(pool);
  if (clientId !== asked) return null;
  const { UserPoolClient } = await pool.send(
    new DescribeUserPoolClientCommand({ UserPoolId: poolId, ClientId: clientId }),
  );
  if (!UserPoolClient?.AllowedOAuthFlowsUserPoolClient || !UserPoolClient.AllowedOAuthFlows?.includes('code'))
    return null;
  return {
    client_id: clientId,
    redirect_uris: UserPoolClient.CallbackURLs ?? [],
    application_type: 'web',
    grant_types: ['authorization_code', 'refresh_token'],
  };
}

async function authenticate(
  pool: CognitoIdentityProviderClient,
  email: string,
  password: string,
  newPassword: string | null,
): Promise<Authenticated> {
  const { poolId, clientId } = await thePool(pool);
  try {
    const { ChallengeName, Session } = await pool.send(
      new AdminInitiateAuthCommand({
        UserPoolId: poolId,
        ClientId: clientId,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: email, PASSWORD: password },
      }),
    );
    if (ChallengeName === 'NEW_PASSWORD_REQUIRED') {
      if (newPassword === null) return 'new-password';
      const ChallengeResponses = { USERNAME: email, NEW_PASSWORD: newPassword };
      await pool.send(
        new AdminRespondToAuthChallengeCommand({
          UserPoolId: poolId,
          ClientId: clientId,
          ChallengeName,
          Session,
          ChallengeResponses,
        }),
      );
    }
    return { sub: await subOf(pool, poolId, email), email };
  } catch (error) {
    if (error instanceof Error && /NotAuthorized|UserNotFound/.test(error.name)) return null;
    throw error;
  }
}

async function subOf(pool: CognitoIdentityProviderClient, poolId: string, email: string): Promise<string> {
  const { UserAttributes = [] } = await pool.send(new AdminGetUserCommand({ UserPoolId: poolId, Username: email }));
  return UserAttributes.find(({ Name }) => Name === 'sub')?.Value ?? email;
}
