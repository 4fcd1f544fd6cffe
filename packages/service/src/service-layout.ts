import { join } from 'node:path';
import { SlipstreamError } from '@slipstream/shared';

/** A program that is kept running. */
export interface ServiceIdentity {
  /** As its verbs are called: `receipt-ocr install`. It names the unit and the label. */
  readonly name: string;
  readonly description: string;
  /** What does the same without a service. */
  readonly byHand: string;
  /** In the folder of logs, what launchd appends. */
  readonly outputName: string;
}

/** Reverse domain name, as launchd wants it. */
export const launchdLabel = ({ name }: Pick<ServiceIdentity, 'name'>): string => `com.slipstream.${name}`;
export const systemdUnitName = ({ name }: Pick<ServiceIdentity, 'name'>): string => `${name}.service`;

/** Made by systemd for the service's user when it starts. */
export const SYSTEM_RUN_FOLDER = '/run/slipstream';

export interface ServiceHost {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly uid: number;
  readonly gid: number;
  readonly user: string;
  /** For a machine that nobody logs into: started with the machine, run as `user`. */
  readonly system: boolean;
}

/** Where everything of an installed service lies. */
export interface ServiceLayout {
  readonly identity: ServiceIdentity;
  readonly kind: 'launchd' | 'systemd';
  /** For copies of the program. */
  readonly root: string;
  readonly unitFile: string;
  readonly logDir: string;
  /** In it, what the service manager appends: a crash of Node itself, a start that fails; launchd only. */
  readonly outputFile: string;
  readonly runDir: string;
}

/** `CONFIGURATION_INVALID` on systems that have neither launchd nor systemd. */
export function serviceLayout(identity: ServiceIdentity, host: ServiceHost): ServiceLayout {
  const { platform, home, uid, system } = host;
  if (platform === 'darwin') {
    const library = system ? '/Library' : join(home, 'Library');
    const support = join(library, 'Application Support/Slipstream');
    return {
      identity,
      kind: 'launchd',
      root: support,
      unitFile: join(library, system ? 'LaunchDaemons' : 'LaunchAgents', `${launchdLabel(identity)}.plist`),
      logDir: join(library, 'Logs/Slipstream'),
      outputFile: join(library, 'Logs/Slipstream', identity.outputName),
      // A daemon's user may not write to /Library; its socket is found by that user's `status`.
      runDir: join(home, 'Library/Application Support/Slipstream/run'),
    };
  }
  if (platform === 'linux') {
    const logDir = system ? '/var/log/slipstream' : join(home, '.local/state/slipstream/log');
    return {
      identity,
      kind: 'systemd',
      root: system ? '/opt/slipstream' : join(home, '.local/share/slipstream'),
      unitFile: join(system ? '/etc/systemd/system' : join(home, '.config/systemd/user'), systemdUnitName(identity)),
      logDir,
      outputFile: join(logDir, identity.outputName),
      // The machine's service has no session, and so no folder of its own below /run/user.
      runDir: system ? SYSTEM_RUN_FOLDER : `/run/user/${uid}/slipstream`,
    };
  }
  throw new SlipstreamError(
    'CONFIGURATION_INVALID',
    `A service can be installed on macOS and Linux, this is ${platform}: run "${identity.byHand}" instead.`,
  );
}
