/**
 * Public addresses that stand for a host whose own are not known before it is resolved. They lie far apart, so that a
 * rule that takes only part of the internet is seen as such. S3's and DynamoDB's are of ip-ranges.json.
 */
const INTERNET = ['1.1.1.1', '34.120.8.8', '104.18.6.192', '142.250.72.106', '203.0.114.9'] as const;
const AWS = ['3.80.20.1', '18.204.9.9', '52.46.140.1', '54.239.28.85'] as const;
const S3 = ['3.5.10.1', '16.182.40.1', '52.216.30.1', '54.231.192.1'] as const;
const DYNAMODB = ['3.218.180.1', '52.94.2.1', '52.119.228.1'] as const;

export function publicAddresses(service: string | null, prefixListCidrs: readonly string[] = []): readonly string[] {
  if (prefixListCidrs.length > 0) return prefixListCidrs.filter((cidr) => !cidr.includes(':'));
  if (service === 's3') return S3;
  if (service === 'dynamodb') return DYNAMODB;
  return service === null ? INTERNET : AWS;
}
