/** `some`: part of the traffic passes. */
export type Passage = 'yes' | 'no' | 'some' | 'unknown';

export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export function onePort(port: number): PortRange {
  return { from: port, to: port };
}

/** From which a client's side of a connection comes, and where its answers go: Linux's range, as in functions. */
export const CLIENT_PORTS: PortRange = { from: 32_768, to: 60_999 };
/** As a NAT gateway chooses them [VPC guide, "Network ACLs", ephemeral ports]. */
export const NAT_PORTS: PortRange = { from: 1_024, to: 65_535 };
