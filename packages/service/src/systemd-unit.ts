import { basename } from 'node:path';
import { SYSTEM_RUN_FOLDER } from './service-layout.ts';
import { RESTART_S_MIN, type ServicePlan, STOP_S_MAX } from './service-plan.ts';

/**
 * What these programs have no use for (systemd.exec(5)): they read images that strangers made, with decoders written in C. The
 * data folder may lie anywhere in the home, so that stays writable; V8 compiles at run time, so memory may be executable.
 */
const SANDBOX = [
  'NoNewPrivileges=yes',
  'ProtectSystem=full',
  'RestrictSUIDSGID=yes',
  'RestrictRealtime=yes',
  'RestrictNamespaces=yes',
  'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK',
  'LockPersonality=yes',
  'SystemCallArchitectures=native',
];
/** Those that a person's own service manager has not the rights to set up. */
const SYSTEM_SANDBOX = [
  'CapabilityBoundingSet=',
  'PrivateDevices=yes',
  'ProtectClock=yes',
  'ProtectControlGroups=yes',
  'ProtectHostname=yes',
  'ProtectKernelLogs=yes',
  'ProtectKernelModules=yes',
  'ProtectKernelTunables=yes',
];
/** Of the machine's memory: an image that makes a decoder grow ends the program, not the machine. */
const MEMORY = ['MemoryHigh=60%', 'MemoryMax=75%'];

/** A unit of systemd.service(5). */
export function systemdUnit({ layout, command, environment, user }: ServicePlan): string {
  const variables = Object.entries(environment).map(([name, value]) => `Environment=${quoted(`${name}=${value}`)}`);
  const isSystem = user !== null;
  const sandbox = [...SANDBOX, `PrivateTmp=${worksInTmp(command) ? 'no' : 'yes'}`, ...MEMORY];
  // The status socket, where no session has a folder below /run/user; PrivateTmp would hide one in /tmp.
  const runtime = [`RuntimeDirectory=${basename(SYSTEM_RUN_FOLDER)}`, 'RuntimeDirectoryMode=0700'];
  const hardening = [...sandbox, ...(isSystem ? [...SYSTEM_SANDBOX, ...runtime] : [])];
  return `[Unit]
Description=${layout.identity.description}
After=network-online.target
Wants=network-online.target
StartLimitIntervalSec=0

[Service]
ExecStart=${command.map(quoted).join(' ')}
${variables.join('\n')}
${user === null ? '' : `User=${user}\n`}Restart=always
RestartSec=${RESTART_S_MIN}
KillSignal=SIGTERM
KillMode=mixed
TimeoutStopSec=${STOP_S_MAX}
UMask=0077
${hardening.join('\n')}

[Install]
WantedBy=${user === null ? 'default.target' : 'multi-user.target'}
`;
}

/** Somebody keeps the data folder there: the service has to see the same folder. */
function worksInTmp(command: readonly string[]): boolean {
  return command.some((part) => /^\/(var\/)?tmp\//.test(part));
}

/** Quotes as systemd.syntax(7) reads them; % and $ would be expanded. */
function quoted(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$');
  return `"${escaped}"`;
}
