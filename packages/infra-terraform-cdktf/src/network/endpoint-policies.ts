import { policyDocument } from '../terraform/policy-document.ts';

/**
 * Buckets that the NAT's image reads through the S3 endpoint of its subnet: an endpoint policy that names only our own
 * stops `dnf`. Names: AL2023 user guide, "Deterministic upgrades"; Systems Manager user guide, "SSM Agent communications".
 */
export function natImageBuckets(region: string): readonly string[] {
  return [
    `al2023-repos-${region}-de612dc2`,
    `amazon-ssm-${region}`,
    `aws-ssm-${region}`,
    `amazon-ssm-packages-${region}`,
    `aws-ssm-distributor-file-${region}`,
    `aws-ssm-document-attachments-${region}`,
    `patch-baseline-snapshot-${region}`,
    `${region}-birdwatcher-prod`,
  ];
}

/** Which buckets the network's hosts may reach at all; what they may do there is their role's. */
export function s3EndpointPolicy(bucketArns: readonly string[], imageBuckets: readonly string[]): string {
  return policyDocument([
    {
      Sid: 'OurBuckets',
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:*',
      Resource: bucketArns.flatMap((arn) => [arn, `${arn}/*`]),
    },
    ...(imageBuckets.length === 0
      ? []
      : [
          {
            Sid: 'AmazonLinuxAndSystemsManager',
            Effect: 'Allow' as const,
            Principal: '*' as const,
            Action: 's3:GetObject',
            Resource: imageBuckets.map((bucket) => `arn:aws:s3:::${bucket}/*`),
          },
        ]),
  ]);
}

export function dynamodbEndpointPolicy(tableArn: string): string {
  return policyDocument([
    {
      Sid: 'OurTable',
      Effect: 'Allow',
      Principal: '*',
      Action: 'dynamodb:*',
      Resource: [tableArn, `${tableArn}/index/*`],
    },
  ]);
}
