import { BlockList } from 'node:net';
import { type Measured, TIMED_OUT } from './probe-connection.ts';
import type { ProbeTarget } from './probe-targets.ts';
import { whoAnswered } from './who-answered.ts';

/** RFC 1918, RFC 4193, loopback and link-local: what no route leads to over the internet. */
const PRIVATE = new BlockList();
PRIVATE.addSubnet('10.0.0.0', 8);
PRIVATE.addSubnet('172.16.0.0', 12);
PRIVATE.addSubnet('192.168.0.0', 16);
PRIVATE.addSubnet('127.0.0.0', 8);
PRIVATE.addSubnet('169.254.0.0', 16);
PRIVATE.addSubnet('fc00::', 7, 'ipv6');
PRIVATE.addAddress('::1', 'ipv6');

export function isPrivate(addresses: readonly string[]): boolean {
  return (
    addresses.length > 0 &&
    addresses.every((address) => PRIVATE.check(address, address.includes(':') ? 'ipv6' : 'ipv4'))
  );
}

/** What a person should make of it: where it ended, and what to look at. */
export function meaningOf(target: ProbeTarget, measured: Measured, timeoutMs: number): string {
  const { host } = target.url;
  const { failure, status, addresses } = measured;
  const way = isPrivate(addresses) ? 'over a private address (an interface endpoint)' : 'over a public address';
  if (failure === null) {
    const who = whoAnswered(target, measured);
    if (who === 'an endpoint policy')
      return `${host} was reached ${way}, and the policy of a VPC endpoint refused the request (403): allow this stack's resources in that endpoint's policy.`;
    if (who === 'another service')
      return `Another service answered for ${host} ${way} (403 of API Gateway): an execute-api endpoint with private DNS takes over in this VPC; turn its private DNS off, or give the host a name of its own.`;
    if (status === 401 || status === 403)
      return `${host} is reachable ${way}; it answered ${status}, as it should without a key.`;
    if (status !== null && status >= 500)
      return `${host} is reachable ${way}, but answered ${status}: the trouble is there.`;
    return `${host} is reachable ${way}; it answered ${status}.`;
  }
  const hung = failure.code === TIMED_OUT;
  const address = addresses[0] ?? '';
  switch (failure.stage) {
    case 'dns':
      return hung
        ? `The name ${host} was asked for, and no name server answered within ${timeoutMs} ms: check the VPC's enableDnsSupport, and that nothing drops port 53.`
        : `The name ${host} could not be resolved (${failure.code}): for an endpoint turn on private DNS (and the VPC's enableDnsHostnames); else check the name.`;
    case 'tcp':
      return hung ? tcpHung(host, address, timeoutMs) : tcpFailed(host, address, failure.code);
    case 'tls':
      return hung
        ? `It connected to ${address} and then hung in the TLS handshake with ${host}: small packets pass, the answer does not come back. Look at the NAT instance (connection tracking, CPU credits, MTU) and at the network ACL's return ports 1024-65535.`
        : `The TLS handshake with ${host} at ${address} failed (${failure.code}): something else answers under this name, or a proxy breaks it open.`;
    case 'http':
      return hung
        ? `The TLS connection to ${host} stood, the request was sent, and no answer came within ${timeoutMs} ms: the way is open, the server is silent.`
        : `The connection to ${host} broke after the request was sent (${failure.code}): something on the way resets it; an idle NAT does so after 350 s, a firewall at once.`;
  }
}

function tcpHung(host: string, address: string, timeoutMs: number): string {
  const cause = isPrivate([address])
    ? "the endpoint's security group has to allow 443 from the function's group, the function's group egress 443, and the network ACLs both directions"
    : "the function's subnet needs a route 0.0.0.0/0 to a NAT, the NAT has to forward and masquerade (ip_forward, an nftables rule, source/destination check off), and the function's group egress 443";
  return `It hung while connecting to ${host} at ${address}: no answer within ${timeoutMs} ms, so packets are dropped on the way. Check: ${cause}.`;
}

function tcpFailed(host: string, address: string, code: string): string {
  return `${host} at ${address} refused the connection (${code}): the way is open, but nothing listens there, or something rejects it.`;
}
