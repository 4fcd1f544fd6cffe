import { KmsAlias } from '@cdktn/provider-aws/lib/kms-alias/index.js';
import { KmsKey } from '@cdktn/provider-aws/lib/kms-key/index.js';
import { Construct } from 'constructs';
import type { Place } from '../terraform/place.ts';
import { keyPolicy } from './key-policy.ts';

/** One key for everything that the environment keeps: $1 a month, and $1 more for each of its first two rotations. */
export class EncryptionKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, place: Place, options: { readonly consoleHosting: boolean }) {
    super(scope, id);
    const key = new KmsKey(this, 'key', {
      description: `${place.name}: records, objects, messages, secrets, logs`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: keyPolicy(place, options),
    });
    new KmsAlias(this, 'alias', { name: `alias/${place.name}`, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}
