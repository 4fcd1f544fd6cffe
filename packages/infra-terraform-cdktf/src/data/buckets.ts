import { Construct } from 'constructs';
import type { Environment } from '../environments/environment.ts';
import type { Place } from '../terraform/place.ts';
import { Bucket } from './bucket.ts';

/** Raw: photographs as they came. Artifacts: everything that was made of them. */
export class Buckets extends Construct {
  readonly raw: Bucket;
  readonly artifacts: Bucket;

  constructor(scope: Construct, id: string, place: Place, environment: Environment, keyArn: string) {
    super(scope, id);
    const { old_version_days, delta_days } = environment.retention;
    const forceDestroy = !environment.deletion_protection;
    const oldVersions = {
      id: 'old-versions',
      status: 'Enabled',
      filter: [{ prefix: '' }],
      noncurrentVersionExpiration: [{ noncurrentDays: old_version_days }],
    };
    this.raw = new Bucket(this, 'raw', {
      name: `${place.name}-raw-${place.accountId}`,
      keyArn,
      forceDestroy,
      rules: [oldVersions],
    });
    this.artifacts = new Bucket(this, 'artifacts', {
      name: `${place.name}-artifacts-${place.accountId}`,
      keyArn,
      forceDestroy,
      rules: [
        oldVersions,
        // Merged within minutes; kept for as long as a redriven dead letter may still ask for it.
        { id: 'merged-deltas', status: 'Enabled', filter: [{ prefix: 'deltas/' }], expiration: [{ days: delta_days }] },
      ],
    });
  }
}
