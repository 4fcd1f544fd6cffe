import { join } from 'node:path';
import { SlipstreamError } from '@slipstream/shared';

/** Reverse domain name, as launchd wants it. */
export const LAUNCHD_LABEL = 'com.slipstream.receipt-ocr';
export const SYSTEMD_UNIT = 'receipt-ocr.service';

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

/** Where everything of an installed agent lies. */
export interface ServiceLayout {
  readonly kind: 'launchd' | 'systemd';
  /** One folder a version, and the links `current` and `previous`. */
  readonly root: string;
  readonly unitFile: string;
  readonly logDir: string;
  readonly runDir: string;
}

/** `CONFIGURATION_INVALID` on systems that have neither launchd nor systemd. */
export function serviceLayout({ platform, home, uid, system }: ServiceHost): ServiceLayout {
  if (platform === 'darwin') {
    const library = system ? '/Library' : join(home, 'Library');
    const support = join(library, 'Application Support/Slipstream');
    return {
      kind: 'launchd',
      root: support,
      unitFile: join(library, system ? 'LaunchDaemons' : 'LaunchAgents', `${LAUNCHD_LABEL}.plist`),
      logDir: join(library, 'Logs/Slipstream'),
      // A daemon's user may not write to /Library; its socket is found by that user's `status`.
      runDir: join(home, 'Library/Application Support/Slipstream/run'),
    };
  }
  if (platform === 'linux') {
    return {
      kind: 'systemd',
      root: system ? '/opt/slipstream' : join(home, '.local/share/slipstream'),
      unitFile: system ? `/etc/systemd/system/${SYSTEMD_UNIT}` : join(home, '.config/systemd/user', SYSTEMD_UNIT),
      logDir: system ? '/var/log/slipstream' : join(home, '.local/state/slipstream/log'),
      // The machine's service has no session, and so no folder of its own below /run/user.
      runDir: system ? SYSTEM_RUN_FOLDER : `/run/user/${uid}/slipstream`,
    };
  }
  throw new SlipstreamError(
    'CONFIGURATION_INVALID',
    `A service can be installed on macOS and Linux, this is ${platform}: run "receipt-ocr --continuous" instead.`,
  );
}
