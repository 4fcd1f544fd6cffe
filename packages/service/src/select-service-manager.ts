import { type RunCommand, runCommand } from './commands.ts';
import { LaunchdManager } from './launchd-manager.ts';
import type { ServiceHost, ServiceLayout } from './service-layout.ts';
import type { ServiceManager } from './service-manager.ts';
import { SystemdManager } from './systemd-manager.ts';

/** The service manager of this system. */
export function serviceManager(
  layout: ServiceLayout,
  host: Pick<ServiceHost, 'uid' | 'system'>,
  run: RunCommand = runCommand,
): ServiceManager {
  return layout.kind === 'launchd' ? new LaunchdManager(layout, host, run) : new SystemdManager(layout, host, run);
}
