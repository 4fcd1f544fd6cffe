import { SecretsmanagerSecret } from '@cdktn/provider-aws/lib/secretsmanager-secret/index.js';
import { Construct } from 'constructs';
import type { Place } from '../terraform/place.ts';

export const SECRET_NAMES = ['openai', 'places'] as const;
export type SecretName = (typeof SECRET_NAMES)[number];

/** Made empty: a value is set by `slipstream secrets set`, and passes neither through configuration nor through state. */
export class Secrets extends Construct {
  readonly arns: Readonly<Record<SecretName, string>>;

  constructor(scope: Construct, id: string, place: Place, keyArn: string, deletionProtection: boolean) {
    super(scope, id);
    const secret = (name: SecretName, description: string) =>
      new SecretsmanagerSecret(this, name, {
        name: `${place.name}/${name}`,
        description,
        kmsKeyId: keyArn,
        // 0: gone at once, so that an environment can be destroyed and made again under the same name.
        recoveryWindowInDays: deletionProtection ? 30 : 0,
      }).arn;
    this.arns = {
      openai: secret('openai', 'Key of the language model and the embeddings'),
      places: secret('places', 'Key of the places service'),
    };
  }
}
