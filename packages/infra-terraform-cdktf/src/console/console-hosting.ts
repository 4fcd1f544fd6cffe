import { CloudfrontDistribution } from '@cdktn/provider-aws/lib/cloudfront-distribution/index.js';
import { CloudfrontOriginAccessControl } from '@cdktn/provider-aws/lib/cloudfront-origin-access-control/index.js';
import { Construct } from 'constructs';
import { Bucket } from '../data/bucket.ts';
import type { Environment } from '../environments/environment.ts';
import type { Place } from '../terraform/place.ts';

/** AWS's own policies, the same in every account: "CachingOptimized" and "SecurityHeadersPolicy" (CloudFront developer guide). */
const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const SECURITY_HEADERS = '67f7725c-6f97-4210-82d7-5512b31e9d03';

/** The console's files, read by CloudFront only. */
export class ConsoleHosting extends Construct {
  readonly url: string;
  readonly bucketName: string;

  constructor(scope: Construct, id: string, place: Place, environment: Environment, keyArn: string) {
    super(scope, id);
    const access = new CloudfrontOriginAccessControl(this, 'access', {
      name: `${place.name}-console`,
      description: 'CloudFront signs its reads of the console bucket',
      originAccessControlOriginType: 's3',
      signingBehavior: 'always',
      signingProtocol: 'sigv4',
    });
    const bucket = new Bucket(this, 'files', {
      name: `${place.name}-console-${place.accountId}`,
      keyArn,
      forceDestroy: !environment.deletion_protection,
      rules: [
        {
          id: 'old-versions',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          noncurrentVersionExpiration: [{ noncurrentDays: environment.retention.old_version_days }],
        },
      ],
      // The distribution is named by its account: naming itself would make bucket policy and distribution wait for each other.
      statements: (arn) => [
        {
          Sid: 'CloudFrontReads',
          Effect: 'Allow',
          Principal: { Service: 'cloudfront.amazonaws.com' },
          Action: 's3:GetObject',
          Resource: `${arn}/*`,
          Condition: { StringEquals: { 'aws:SourceAccount': place.accountId } },
        },
      ],
    });
    const distribution = new CloudfrontDistribution(this, 'distribution', {
      enabled: true,
      comment: `${place.name} console`,
      defaultRootObject: 'index.html',
      httpVersion: 'http2and3',
      // North America and Europe: the cheapest class.
      priceClass: 'PriceClass_100',
      origin: [{ originId: 'console', domainName: bucket.domainName, originAccessControlId: access.id }],
      defaultCacheBehavior: {
        targetOriginId: 'console',
        viewerProtocolPolicy: 'redirect-to-https',
        allowedMethods: ['GET', 'HEAD'],
        cachedMethods: ['GET', 'HEAD'],
        cachePolicyId: CACHING_OPTIMIZED,
        responseHeadersPolicyId: SECURITY_HEADERS,
        compress: true,
      },
      // One page knows all paths; S3 answers 403 for what it may not list.
      customErrorResponse: [403, 404].map((errorCode) => ({
        errorCode,
        responseCode: 200,
        responsePagePath: '/index.html',
        errorCachingMinTtl: 10,
      })),
      restrictions: { geoRestriction: { restrictionType: 'none', locations: [] } },
      viewerCertificate: { cloudfrontDefaultCertificate: true },
    });
    this.url = `https://${distribution.domainName}`;
    this.bucketName = bucket.name;
  }
}
