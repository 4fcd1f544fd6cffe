import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * A folder with an `aws` that asks the emulator: the AWS CLI before 2.13 knows no AWS_ENDPOINT_URL. null where no AWS
 * CLI 2 is installed (1 has no `logs tail`).
 */
export function awsCliFolder(folder: string, path = process.env.PATH ?? ''): string | null {
  const found = path
    .split(delimiter)
    .map((each) => join(each, 'aws'))
    .find(
      (each) => existsSync(each) && /^aws-cli\/2/.test(spawnSync(each, ['--version'], { encoding: 'utf8' }).stdout),
    );
  if (found === undefined) return null;
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'aws'), `#!/bin/sh\nexec "${found}" --endpoint-url "$AWS_ENDPOINT_URL" "$@"\n`);
  chmodSync(join(bin, 'aws'), 0o755);
  return bin;
}
