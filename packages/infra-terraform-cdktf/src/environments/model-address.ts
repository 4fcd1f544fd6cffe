import { BlockList, isIP } from 'node:net';
import { FUNCTION_NAMES, type FunctionName } from '@slipstream/shared';
import type { Environment } from './environment.ts';
import { contains, parseIpv4Range } from './ipv4-range.ts';
import { MODEL_VARIABLE, type NeedsOf } from './network-needs.ts';
import { runsInVpc } from './vpc-functions.ts';

/** Addresses that only a private network routes (RFC 1918, RFC 6598). */
const PRIVATE = new BlockList();
PRIVATE.addSubnet('10.0.0.0', 8);
PRIVATE.addSubnet('172.16.0.0', 12);
PRIVATE.addSubnet('192.168.0.0', 16);
PRIVATE.addSubnet('100.64.0.0', 10);

/** Addresses that lead back to the machine itself, or to its own link. */
const OWN = new BlockList();
OWN.addSubnet('127.0.0.0', 8);
OWN.addSubnet('0.0.0.0', 8);
OWN.addSubnet('169.254.0.0', 16);

/** A name or address that only a private network resolves and routes (RFC 1918, RFC 6598; .internal: ICANN 2024). */
export function isInside(host: string): boolean {
  return isIP(host) === 4 ? PRIVATE.check(host) : /\.(internal|local)$/.test(host);
}

/** Why the address of `llm.base_url` cannot be reached by the functions that call it, whatever the network has; one sentence each. */
export function modelFaults(environment: Environment, needsOf: NeedsOf): string[] {
  const { llm } = environment;
  if (llm === null) return [];
  const { hostname } = new URL(llm.base_url);
  const what = `llm.base_url names ${hostname}`;
  if (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === 'host.docker.internal' ||
    isOwn(hostname)
  )
    return [`${what}, which is the function itself on Lambda: name a host that its network reaches.`];
  if (hostname.startsWith('[')) return [`${what}, and this network has no IPv6: use a name or an IPv4 address.`];
  if (isIP(hostname) === 0 && !hostname.includes('.'))
    return [
      `${what}, which no name server of AWS knows: use a full name, such as ${hostname}.internal of a private hosted zone.`,
    ];
  if (!isInside(hostname)) return [];
  const outside = modelCallers(needsOf).filter((name) => !runsInVpc(environment, name));
  return outside.length === 0
    ? []
    : [
        `${what}, which is reached from inside a VPC only, and ${outside.join(' and ')} would run outside of it: set functions.vpc to 'seeds', or name a public host.`,
      ];
}

/** What depends on parts of the network that are added by hand. */
export function modelNotes(environment: Environment): string[] {
  const { llm, network } = environment;
  if (llm === null) return [];
  const { hostname, protocol } = new URL(llm.base_url);
  if (!isInside(hostname))
    return protocol === 'http:'
      ? [`llm.base_url has no TLS: the model's key and the receipts' texts cross the internet in the clear.`]
      : [];
  if (network.kind !== 'new') return [];
  if (isIP(hostname) === 0)
    return [
      `llm.base_url names ${hostname}: this VPC needs a private hosted zone, or another resolver, that knows it.`,
    ];
  return contains(parseIpv4Range(network.vpc_cidr), parseIpv4Range(`${hostname}/32`))
    ? []
    : [`llm.base_url names ${hostname}, outside of ${network.vpc_cidr}: add a peering or a VPN that leads there.`];
}

function isOwn(hostname: string): boolean {
  return isIP(hostname) === 4 ? OWN.check(hostname) : hostname === '[::1]' || hostname === '[::]';
}

/** Functions whose code calls what `llm.base_url` names; the probe reports what it cannot reach, and is none of them. */
function modelCallers(needsOf: NeedsOf): FunctionName[] {
  return FUNCTION_NAMES.filter(
    (name) =>
      name !== 'connectivity-probe' && needsOf[name].host_rules?.some(({ variable }) => variable === MODEL_VARIABLE),
  );
}
