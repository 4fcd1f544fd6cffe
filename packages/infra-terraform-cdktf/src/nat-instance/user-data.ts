import { readFileSync } from 'node:fs';
import { NAT_METRIC_NAMESPACE } from './nat-role.ts';

/** What the instance has to know. Values may be references that Terraform resolves. */
export interface NatFacts {
  readonly environment: string;
  readonly region: string;
  /** Of the Auto Scaling group that it is in, and of its launch hook. */
  readonly groupName: string;
  readonly launchHook: string;
  readonly probeUrls: readonly string[];
  readonly privateCidrs: readonly string[];
  /** Of the floating interface. */
  readonly interface: {
    readonly id: string;
    readonly mac: string;
    readonly address: string;
    /** Bits of its subnet's prefix. */
    readonly prefix: string;
    /** The VPC router in its subnet: the network's first address. */
    readonly gateway: string;
  };
}

const LIBRARY = '/usr/local/lib/slipstream-nat';
const UNITS = '/etc/systemd/system';

/** Where each file of `guest/` goes. `set-up.sh` is not among them: it is what runs. */
const GUEST_FILES = [
  { file: 'data-path.sh', path: `${LIBRARY}/data-path.sh`, mode: '644' },
  { file: 'take-over.sh', path: `${LIBRARY}/take-over.sh`, mode: '755' },
  { file: 'watchdog.sh', path: `${LIBRARY}/watchdog.sh`, mode: '755' },
  { file: 'rules.nft', path: '/etc/slipstream-nat/rules.nft', mode: '644' },
  { file: 'sysctl.conf', path: '/etc/sysctl.d/90-slipstream-nat.conf', mode: '644' },
  { file: 'networkd.conf', path: '/etc/systemd/networkd.conf.d/90-slipstream-nat.conf', mode: '644' },
  { file: 'slipstream-nat.service', path: `${UNITS}/slipstream-nat.service`, mode: '644' },
  { file: 'slipstream-nat-watchdog.service', path: `${UNITS}/slipstream-nat-watchdog.service`, mode: '644' },
  { file: 'slipstream-nat-watchdog.timer', path: `${UNITS}/slipstream-nat-watchdog.timer`, mode: '644' },
] as const;

/** EC2's limit before base64. */
export const USER_DATA_BYTES_MAX = 16_384;

/** The script that cloud-init runs at the first boot: writes every file, then sets the instance up. */
export function renderUserData(facts: NatFacts): string {
  return [
    '#!/bin/bash',
    'set -u',
    `mkdir -p ${LIBRARY} /etc/slipstream-nat /etc/systemd/networkd.conf.d`,
    writeFile('/etc/slipstream-nat/nat.conf', '644', renderFacts(facts)),
    ...GUEST_FILES.map(({ file, path, mode }) =>
      writeFile(path, mode, guestFile(file).replace('@PRIVATE@', facts.privateCidrs.join(', '))),
    ),
    guestFile('set-up.sh'),
  ].join('\n');
}

function renderFacts(facts: NatFacts): string {
  const { id, mac, address, prefix, gateway } = facts.interface;
  return Object.entries({
    ENVIRONMENT: facts.environment,
    AWS_REGION: facts.region,
    METRIC_NAMESPACE: NAT_METRIC_NAMESPACE,
    GROUP: facts.groupName,
    LAUNCH_HOOK: facts.launchHook,
    PROBE_URLS: facts.probeUrls.join(' '),
    PRIVATE_CIDRS: facts.privateCidrs.join(','),
    ENI_ID: id,
    ENI_MAC: mac,
    ENI_ADDRESS: address,
    ENI_PREFIX: prefix,
    ENI_GATEWAY: gateway,
  })
    .map(([name, value]) => `${name}="${value}"\n`)
    .join('');
}

function writeFile(path: string, mode: string, content: string): string {
  return `cat >${path} <<'END_OF_FILE'\n${content}END_OF_FILE\nchmod ${mode} ${path}`;
}

function guestFile(name: string): string {
  return readFileSync(new URL(`guest/${name}`, import.meta.url), 'utf8');
}
