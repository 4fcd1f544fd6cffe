/**
 * Every host that the NAT instance's user data and watchdog contact. A test holds the scripts against this list, and the
 * list against routes and endpoint policies.
 */
export interface GuestHost {
  readonly host: string;
  readonly port: 80 | 443;
  readonly what: string;
  /** `internet`: through the primary interface's public address; `s3-endpoint`: by the subnet's gateway endpoint; `link-local`: on the host. */
  readonly way: 'internet' | 's3-endpoint' | 'link-local';
}

export function guestHosts(region: string): readonly GuestHost[] {
  return [
    { host: '169.254.169.254', port: 80, what: 'instance metadata', way: 'link-local' },
    {
      host: `al2023-repos-${region}-de612dc2.s3.dualstack.${region}.amazonaws.com`,
      port: 443,
      what: 'dnf install',
      way: 's3-endpoint',
    },
    { host: `ec2.${region}.amazonaws.com`, port: 443, what: 'aws ec2', way: 'internet' },
    { host: `autoscaling.${region}.amazonaws.com`, port: 443, what: 'aws autoscaling', way: 'internet' },
    { host: `monitoring.${region}.amazonaws.com`, port: 443, what: 'aws cloudwatch', way: 'internet' },
    { host: `ssm.${region}.amazonaws.com`, port: 443, what: 'Systems Manager agent', way: 'internet' },
    { host: `ssmmessages.${region}.amazonaws.com`, port: 443, what: 'Systems Manager agent', way: 'internet' },
    { host: `ec2messages.${region}.amazonaws.com`, port: 443, what: 'Systems Manager agent', way: 'internet' },
    ...probeUrls(region).map((url) => ({
      host: new URL(url).host,
      port: url.startsWith('http:') ? (80 as const) : (443 as const),
      what: 'probe of the path',
      way: 'internet' as const,
    })),
  ];
}

/** Two hosts of different services: the path is at fault only when none of them answers. */
export function probeUrls(region: string): readonly string[] {
  return ['http://checkip.amazonaws.com/', `https://sts.${region}.amazonaws.com/`];
}
