import path from 'node:path';

/** A path as the person meant it: npm runs a package's scripts in its folder, but says where it was started. */
export function fromStart(given: string): string {
  return path.resolve(process.env.INIT_CWD ?? process.cwd(), given);
}
