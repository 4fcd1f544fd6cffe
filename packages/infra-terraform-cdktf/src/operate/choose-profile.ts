import type { EnvironmentState } from '../state/environment-state.ts';

/** Variables by which credentials are chosen already: a shell, or CI with a role of its own. */
const CHOSEN = [
  'AWS_PROFILE',
  'AWS_ACCESS_KEY_ID',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
] as const;

/** The AWS profile to work with: the one given, else the environment's own, unless credentials were chosen otherwise; null: leave it. */
export function chooseProfile(
  given: string | null,
  state: Pick<EnvironmentState, 'profile'> | null,
  env: NodeJS.ProcessEnv,
): string | null {
  if (given !== null) return given;
  return CHOSEN.some((name) => env[name]) ? null : (state?.profile ?? null);
}

/** Keys in the environment go: Terraform would take them before the profile, and AWS's clients after it. */
export function enter(profile: string, env: NodeJS.ProcessEnv): void {
  env.AWS_PROFILE = profile;
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) delete env[name];
}
