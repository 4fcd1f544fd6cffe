import { S3Bucket } from '@cdktn/provider-aws/lib/s3-bucket/index.js';
import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationRule,
} from '@cdktn/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js';
import { S3BucketOwnershipControls } from '@cdktn/provider-aws/lib/s3-bucket-ownership-controls/index.js';
import { S3BucketPolicy } from '@cdktn/provider-aws/lib/s3-bucket-policy/index.js';
import { S3BucketPublicAccessBlock } from '@cdktn/provider-aws/lib/s3-bucket-public-access-block/index.js';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktn/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js';
import { S3BucketVersioningA } from '@cdktn/provider-aws/lib/s3-bucket-versioning/index.js';
import type { ITerraformDependable } from 'cdktn';
import { Construct } from 'constructs';
import { policyDocument, type Statement } from '../terraform/policy-document.ts';

export interface BucketOptions {
  readonly name: string;
  readonly keyArn: string;
  readonly forceDestroy: boolean;
  readonly rules: readonly S3BucketLifecycleConfigurationRule[];
  /** Besides the refusal of everything that is not TLS. */
  readonly statements?: (bucketArn: string) => readonly Statement[];
}

/** A bucket as every bucket of ours is: private, TLS only, encrypted with our key, versioned. */
export class Bucket extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly domainName: string;
  /** What an object has to wait for: put before, it would be kept without our key. */
  readonly encryption: ITerraformDependable;

  constructor(scope: Construct, id: string, options: BucketOptions) {
    super(scope, id);
    const bucket = new S3Bucket(this, 'bucket', { bucket: options.name, forceDestroy: options.forceDestroy });
    new S3BucketPublicAccessBlock(this, 'private', {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, 'owner', {
      bucket: bucket.id,
      rule: { objectOwnership: 'BucketOwnerEnforced' },
    });
    this.encryption = new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket: bucket.id,
      // A bucket key saves a call of KMS for every object.
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: options.keyArn },
          bucketKeyEnabled: true,
        },
      ],
    });
    const versioning = new S3BucketVersioningA(this, 'versions', {
      bucket: bucket.id,
      versioningConfiguration: { status: 'Enabled' },
    });
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      bucket: bucket.id,
      rule: [
        {
          id: 'abandoned-uploads',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
        ...options.rules,
      ],
      // Rules about old versions need versions.
      dependsOn: [versioning],
    });
    new S3BucketPolicy(this, 'policy', {
      bucket: bucket.id,
      policy: policyDocument([
        {
          Sid: 'TlsOnly',
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: [bucket.arn, `${bucket.arn}/*`],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
        ...(options.statements?.(bucket.arn) ?? []),
      ]),
    });
    this.name = bucket.id;
    this.arn = bucket.arn;
    this.domainName = bucket.bucketRegionalDomainName;
  }
}
