import { homedir, userInfo } from 'node:os';
import { SlipstreamError } from '@slipstream/shared';
import type { ServiceHost } from './service-layout.ts';

/** This machine and the user that the service is to run as: with `sudo`, the one who called it. */
export function thisHost(system: boolean, env: NodeJS.ProcessEnv = process.env): ServiceHost {
  const { uid, gid, username } = userInfo();
  const platform = process.platform;
  if (!system) {
    if (uid === 0 && env.SUDO_USER) {
      throw new SlipstreamError(
        'CONFIGURATION_INVALID',
        'With sudo the service would be root’s: leave out sudo, or add --system for a machine without a logged-in user.',
      );
    }
    return { platform, home: homedir(), uid, gid, user: username, system };
  }
  if (uid !== 0) {
    throw new SlipstreamError('CONFIGURATION_INVALID', '--system writes where only root may: run it with sudo.');
  }
  const user = env.SUDO_USER ?? username;
  const home = platform === 'darwin' ? `/Users/${user}` : `/home/${user}`;
  return {
    platform,
    home: env.SUDO_USER ? home : homedir(),
    uid: Number(env.SUDO_UID ?? uid),
    gid: Number(env.SUDO_GID ?? gid),
    user,
    system,
  };
}
