import { CognitoUserPool } from '@cdktn/provider-aws/lib/cognito-user-pool/index.js';
import { CognitoUserPoolClient } from '@cdktn/provider-aws/lib/cognito-user-pool-client/index.js';
import { Construct } from 'constructs';
import type { Place } from '../terraform/place.ts';

/** People who may use the API, where no identity provider is at hand. An administrator invites; nobody signs up. */
export class IdentityPool extends Construct {
  readonly issuer: string;
  readonly audience: string;

  constructor(scope: Construct, id: string, place: Place, deletionProtection: boolean) {
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
    const client = new CognitoUserPoolClient(this, 'client', {
      name: `${place.name}-cli`,
      userPoolId: pool.id,
      // A program on somebody's machine keeps no secret.
      generateSecret: false,
      explicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      preventUserExistenceErrors: 'ENABLED',
      enableTokenRevocation: true,
    });
    this.issuer = `https://cognito-idp.${place.region}.amazonaws.com/${pool.id}`;
    this.audience = client.id;
  }
}
