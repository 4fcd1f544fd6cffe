import type { Environment } from '../environments/environment.ts';

export interface VerifyOptions {
  readonly asOperator: boolean;
  readonly targets: string | null;
  readonly wait: string | null;
}

/** What a release runs; verify itself takes one's own rights where the environment names no operator. */
export function verifyCommand({ name }: Pick<Environment, 'name'>, options: VerifyOptions): string {
  const given = { targets: options.targets, wait: options.wait };
  return [
    `npm run --silent verify -- --env ${name}`,
    ...(options.asOperator ? ['--as-operator'] : []),
    ...Object.entries(given).flatMap(([flag, value]) => (value === null ? [] : [`--${flag} ${plain(value)}`])),
  ].join(' ');
}

/** The command goes through a shell. */
function plain(value: string): string {
  if (/^[\w,.-]+$/.test(value)) return value;
  throw new Error(`"${value}" is no name and no number.`);
}
