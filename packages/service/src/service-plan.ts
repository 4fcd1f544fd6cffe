import type { ServiceLayout } from './service-layout.ts';

/** What the service manager is to run, and how. */
export interface ServicePlan {
  readonly layout: ServiceLayout;
  /** The program with its arguments: absolute, through `current`. */
  readonly command: readonly [string, ...string[]];
  readonly environment: Readonly<Record<string, string>>;
  /** Only for a service of the machine itself. */
  readonly user: string | null;
}

/** Longer than the drain (20 s) and the grace behind it (3 s), with time to flush. */
export const STOP_S_MAX = 45;
/** A service that ends is not started again sooner; an engine that is stuck, or a wrong setting, would spin. */
export const RESTART_S_MIN = 60;

/**
 * What a service needs of the shell it was installed from. Never keys: a profile is named instead, and its credentials
 * are read when they are needed.
 */
const KEPT_VARIABLES = ['AWS_REGION', 'AWS_PROFILE', 'AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'LANG'] as const;
/** Where tools are found, Homebrew's among them (credential_process of an AWS profile). */
const PATH = '/opt/homebrew/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin';

export function serviceEnvironment(
  env: NodeJS.ProcessEnv,
  layout: ServiceLayout,
  home: string,
): Readonly<Record<string, string>> {
  const kept = KEPT_VARIABLES.flatMap((name) => (env[name] ? [[name, env[name]] as const] : []));
  return { PATH, HOME: home, SLIPSTREAM_RUN_DIR: layout.runDir, ...Object.fromEntries(kept) };
}
