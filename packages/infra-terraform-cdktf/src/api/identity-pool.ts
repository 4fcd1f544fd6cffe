import { CognitoResourceServer } from '@cdktn/provider-aws/lib/cognito-resource-server/index.js';
import { CognitoUserPool } from '@cdktn/provider-aws/lib/cognito-user-pool/index.js';
import { CognitoUserPoolClient } from '@cdktn/provider-aws/lib/cognito-user-pool-client/index.js';
import { CognitoUserPoolDomain } from '@cdktn/provider-aws/lib/cognito-user-pool-domain/index.js';
import { SecretsmanagerSecret } from '@cdktn/provider-aws/lib/secretsmanager-secret/index.js';
import { LOGIN_PORTS, loginRedirect, RESOURCE_SERVER, SCOPES, type Scope, scopeClaim } from '@slipstream/shared';
import { Construct } from 'constructs';
import type { Place } from '../terraform/place.ts';

/** What a person's sign-in asks for; who operates does so with rights in AWS. */
const PERSON_SCOPES: readonly Scope[] = ['read', 'write'];

const SCOPE_DESCRIPTIONS: Readonly<Record<Scope, string>> = {
  read: 'See your own images and receipts',
  write: 'Submit, correct and reprocess them',
  operate: 'Work on queues, agents and the index',
};

export interface IdentityPoolOptions {
  readonly keyArn: string;
  readonly deletionProtection: boolean;
}

/** People who may use the API, where no identity provider is at hand. An administrator invites; nobody signs up. */
export class IdentityPool extends Construct {
  readonly issuer: string;
  readonly audience: string;
  /** What `slipstream users` and `npm run verify` have to know. */
  readonly outputs: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, place: Place, { keyArn, deletionProtection }: IdentityPoolOptions) {
    super(scope, id);
    const pool = new CognitoUserPool(this, 'pool', {
      name: place.name,
      usernameAttributes: ['email'],
      autoVerifiedAttributes: ['email'],
      adminCreateUserConfig: { allowAdminCreateUserOnly: true },
      passwordPolicy: {
        minimumLength: 14,
        requireLowercase: true,
        requireUppercase: true,
        requireNumbers: true,
        requireSymbols: false,
        temporaryPasswordValidityDays: 7,
      },
      mfaConfiguration: 'OPTIONAL',
      softwareTokenMfaConfiguration: { enabled: true },
      accountRecoverySetting: { recoveryMechanism: [{ name: 'verified_email', priority: 1 }] },
      deletionProtection: deletionProtection ? 'ACTIVE' : 'INACTIVE',
    });
    // Without a domain a pool has no page to sign in at, and no authorization and token endpoint.
    new CognitoUserPoolDomain(this, 'domain', { domain: `${place.name}-${place.accountId}`, userPoolId: pool.id });
    const scopes = PERSON_SCOPES.map(scopeClaim);
    const resources = new CognitoResourceServer(this, 'resources', {
      name: `${place.name}-api`,
      identifier: RESOURCE_SERVER,
      userPoolId: pool.id,
      scope: SCOPES.map((scopeName) => ({ scopeName, scopeDescription: SCOPE_DESCRIPTIONS[scopeName] })),
    });
    const client = new CognitoUserPoolClient(this, 'client', {
      name: `${place.name}-cli`,
      userPoolId: pool.id,
      // A program on a person's machine keeps no secret: it proves itself by PKCE.
      generateSecret: false,
      allowedOauthFlowsUserPoolClient: true,
      allowedOauthFlows: ['code'],
      allowedOauthScopes: ['openid', 'email', ...scopes],
      // Cognito refuses scopes that no resource server of the pool has.
      dependsOn: [resources],
      supportedIdentityProviders: ['COGNITO'],
      callbackUrls: LOGIN_PORTS.map(loginRedirect),
      // The second is for verify and CI: it takes AWS credentials with a right of their own beside the password.
      explicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      preventUserExistenceErrors: 'ENABLED',
      enableTokenRevocation: true,
    });
    // A user, not a machine's client: Cognito asks $6 a month for each of those.
    const verifyUser = new SecretsmanagerSecret(this, 'verify-user', {
      name: `${place.name}/verify-user`,
      description: 'Name and password of the user that npm run verify signs in as where no person is signed in',
      kmsKeyId: keyArn,
      recoveryWindowInDays: deletionProtection ? 30 : 0,
    });
    this.issuer = `https://cognito-idp.${place.region}.amazonaws.com/${pool.id}`;
    this.audience = client.id;
    this.outputs = { api_scopes: scopes.join(' '), user_pool_id: pool.id, verify_user_secret_arn: verifyUser.arn };
  }
}
