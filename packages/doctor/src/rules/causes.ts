/** The causes by number, as findings name them, and where each can be seen. */
export interface Cause {
  readonly number: number;
  readonly cause: string;
  readonly how: string;
}

export const CAUSES: readonly Cause[] = [
  { number: 1, cause: 'Private subnet without a NAT or a default route', how: "Routes of the function's subnets." },
  {
    number: 2,
    cause: 'Function in a public subnet, internet expected',
    how: 'Routes: a default route to an internet gateway is of no use to a function.',
  },
  { number: 3, cause: 'No gateway endpoint for S3 or DynamoDB, and no NAT', how: 'Endpoints and their route tables.' },
  {
    number: 4,
    cause: 'Interface endpoint missing for an AWS API, and no NAT',
    how: 'Endpoints of the VPC against the hosts that the code calls.',
  },
  {
    number: 5,
    cause: "Database's or cache's group does not admit the function's",
    how: "Ingress rules of the database's groups.",
  },
  {
    number: 6,
    cause: 'SDK calls a legacy or global host that private DNS does not cover',
    how: "Hosts that are called, against the endpoint's DNS names.",
  },
  {
    number: 7,
    cause: "Function's time-out not longer than its clients'",
    how: 'Configuration, and time-outs in the log that name no host.',
  },
  {
    number: 8,
    cause: 'Node waits for open handles: no network fault',
    how: "Log: the work's last line, then silence up to the limit. Close connections, or set context.callbackWaitsForEmptyEventLoop = false in callback handlers.",
  },
  { number: 9, cause: "Function outside its database's VPC", how: 'VPC configuration against what is needed.' },
  { number: 10, cause: 'Route is a blackhole: NAT gone, interface unattached', how: 'Route state, NAT state.' },
  { number: 11, cause: 'NAT in a private subnet, or no internet gateway', how: "Routes of the NAT's own subnet." },
  {
    number: 12,
    cause: 'NAT instance with the source/destination check on',
    how: 'Attribute of the interface or instance.',
  },
  {
    number: 13,
    cause: 'NAT guest does not forward or masquerade',
    how: 'Only the guest knows: ask it through Systems Manager (the finding prints the command); user data is a hint.',
  },
  { number: 14, cause: "NAT's security group closed", how: "Rules of the NAT's group." },
  {
    number: 15,
    cause: 'Remote API slow, client without a time-out',
    how: 'Log: read time-outs and long durations to one host, connects succeed.',
  },
  { number: 16, cause: "Function's egress closed", how: 'Egress rules of its groups.' },
  { number: 17, cause: "Egress lacks 53 towards DNS servers of one's own", how: 'Egress rules against DHCP options.' },
  {
    number: 18,
    cause: 'DHCP options name a dead or distant DNS server',
    how: 'DHCP options against routes; whether a server is alive only a call from inside shows.',
  },
  { number: 19, cause: "Private DNS off, or the VPC's DNS attributes", how: 'Endpoint and VPC attributes.' },
  { number: 20, cause: "Endpoint's group lacks 443 from the function", how: "Ingress rules of the endpoint's groups." },
  {
    number: 21,
    cause: 'Network ACL: return ports closed, or public ranges refused',
    how: 'ACL entries in order, both ways.',
  },
  {
    number: 22,
    cause: 'execute-api endpoint with private DNS takes over public APIs: 403',
    how: 'Endpoints against the API hosts that are called.',
  },
  { number: 23, cause: 'Resource in another region', how: 'Regions of ARNs and hosts.' },
  {
    number: 24,
    cause: 'Destination without PrivateLink: needs a NAT',
    how: 'Hosts against the list of services with endpoints.',
  },
  {
    number: 25,
    cause: "A third party's allow list lacks the NAT's address",
    how: 'No configuration of yours shows it: log the body of https://checkip.amazonaws.com from inside the function and compare the address with the list. In a log: 403 or a closed connection from one host alone.',
  },
  {
    number: 26,
    cause: 'Subnet out of addresses, interface quota, function not Active',
    how: 'Free addresses, State, LastUpdateStatus.',
  },
  { number: 27, cause: 'Role may not make network interfaces', how: 'Policies of the role.' },
  {
    number: 28,
    cause: 'Idle connection dropped after 350 s',
    how: 'Log: failures that follow about 350 s of idleness; a NAT gateway sends a reset, a NAT instance says nothing. Turn TCP keep-alive on, or retire idle connections sooner.',
  },
  {
    number: 29,
    cause: 'Init phase reads SSM or Secrets Manager: INIT time-out near 10 s',
    how: 'Log: INIT_REPORT with Status: timeout; layers.',
  },
  { number: 30, cause: 'Memory so small that TLS takes seconds', how: 'Configuration and REPORT lines.' },
  { number: 31, cause: 'Peering or transit gateway without the return route', how: 'Route tables on both sides.' },
  {
    number: 32,
    cause: 'EFS: no mount target in the zone, 2049 closed, other file system',
    how: 'Mount targets, access points, groups.',
  },
  { number: 33, cause: 'Internet gateway detached', how: 'Attachment of the gateway.' },
  {
    number: 34,
    cause: 'Endpoint policy denies',
    how: "Policy against calls and resources, and against what a NAT's image needs.",
  },
  {
    number: 35,
    cause: 'Resource policy with aws:SourceVpce no longer met',
    how: 'Bucket, queue and secret policies against the way that is taken.',
  },
  {
    number: 36,
    cause: "One of the function's subnets lacks the route: fails at random",
    how: 'Routes subnet by subnet.',
  },
  {
    number: 37,
    cause: 'IPv6 answer and no egress-only internet gateway',
    how: "Subnets, the function's IPv6 setting, ::/0.",
  },
  {
    number: 38,
    cause: 'Private zone, resolver rule or DNS firewall shadows the host',
    how: 'Route 53 associations of the VPC.',
  },
  {
    number: 39,
    cause: 'More than 1,024 DNS packets a second from an interface',
    how: 'No configuration shows it. Log: EAI_AGAIN or name resolution errors in bursts. Cache lookups, keep connections.',
  },
  { number: 40, cause: 'Endpoint in another zone, or not available', how: 'Endpoint state and subnets.' },
  { number: 41, cause: 'Explicit vpce- URL or AWS_ENDPOINT_URL', how: 'Variables.' },
  {
    number: 42,
    cause: 'NAT out of ports, connection table or CPU credits',
    how: 'Metrics ErrorPortAllocation, CPUCreditBalance; Systems Manager for conntrack; the time-line of the log.',
  },
  { number: 43, cause: 'Firewall or appliance in the path', how: 'Routes; its rules are not examined.' },
  {
    number: 44,
    cause: 'Store that speaks only TLS is spoken to in clear',
    how: 'URLs in variables against encryption in transit.',
  },
];
