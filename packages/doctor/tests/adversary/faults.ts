import type { Style } from './style.ts';

export interface AdversaryFault {
  readonly name: string;
  /** The cause that a finding has to name, or the id of its rule. */
  readonly cause: number | string;
  /** Styles that can be broken so. */
  readonly fits?: (style: Style) => boolean;
  /** Rests on plain text in variables or policies, which a plan of HCL does not keep beside what it does not know. */
  readonly hidden_in_plans?: true;
  /** Two of a kind whose ids go through the same local: which one is meant is not known. */
  readonly hidden_in_modules?: true;
}

const byInstance = ({ nat }: Style) => nat === 'instance' || nat === 'interface';
const byGateway = (style: Style) => !byInstance(style);

/** What the adversary breaks: each cause by every spelling that its styles have. */
export const ADVERSARY_FAULTS: readonly AdversaryFault[] = [
  { name: 'no-default-route', cause: 1 },
  { name: 'no-nat', cause: 1, hidden_in_plans: true },
  { name: 'public-subnets', cause: 2 },
  { name: 'no-gateway-endpoint', cause: 3 },
  { name: 'no-nat-no-endpoint', cause: 4 },
  { name: 'database-group', cause: 5 },
  { name: 'legacy-host', cause: 6, hidden_in_plans: true },
  { name: 'short-timeout', cause: 7 },
  { name: 'other-vpc', cause: 9, hidden_in_modules: true },
  { name: 'outside-vpc', cause: 9 },
  { name: 'blackhole', cause: 10 },
  { name: 'nat-in-private', cause: 11 },
  { name: 'nat-private-kind', cause: 11, fits: byGateway },
  { name: 'no-igw-route', cause: 11 },
  { name: 'source-dest-check', cause: 12, fits: byInstance },
  { name: 'nat-guest', cause: 13, fits: byInstance },
  { name: 'nat-group-closed', cause: 14, hidden_in_modules: true, fits: byInstance },
  { name: 'egress-closed', cause: 16 },
  { name: 'dns-server-closed', cause: 17 },
  { name: 'dns-server-distant', cause: 18 },
  { name: 'private-dns-off', cause: 19 },
  { name: 'dns-support-off', cause: 19 },
  { name: 'dns-hostnames-off', cause: 19 },
  { name: 'endpoint-group', cause: 20, hidden_in_modules: true },
  { name: 'acl-no-return', cause: 21 },
  { name: 'acl-deny-first', cause: 21 },
  { name: 'acl-only-private', cause: 21 },
  { name: 'private-api', cause: 22, hidden_in_plans: true },
  { name: 'other-region', cause: 23 },
  { name: 'no-private-link', cause: 24, hidden_in_plans: true },
  { name: 'subnet-full', cause: 26 },
  { name: 'no-interface-rights', cause: 27, hidden_in_plans: true },
  { name: 'small-memory', cause: 30 },
  { name: 'peering-no-return', cause: 31, hidden_in_modules: true },
  { name: 'no-mount-target', cause: 32 },
  { name: 'files-group', cause: 32 },
  { name: 'igw-detached', cause: 33 },
  { name: 'endpoint-policy', cause: 34 },
  { name: 'secret-policy', cause: 35 },
  { name: 'one-table-without-route', cause: 36, fits: ({ main }) => main === 'associations' },
  { name: 'ipv6', cause: 37 },
  { name: 'zone-shadows', cause: 38 },
  { name: 'resolver-rule', cause: 38 },
  { name: 'endpoint-one-zone', cause: 40 },
  { name: 'endpoint-url', cause: 41, hidden_in_plans: true },
  { name: 'firewall', cause: 43, fits: byGateway },
  { name: 'clear-text', cause: 44, hidden_in_plans: true },
  { name: 'visibility', cause: 'visibility-too-short' },
  { name: 'no-dead-letters', cause: 'no-dead-letters' },
  { name: 'mapping-off', cause: 'mapping-off' },
  { name: 'throttled', cause: 'mapping-off' },
  { name: 'one-zone', cause: 'one-zone' },
];
