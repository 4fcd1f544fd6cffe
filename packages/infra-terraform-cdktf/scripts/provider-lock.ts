import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScript } from '../src/operate/arguments.ts';
import { PACKAGE } from '../src/operate/run-terraform.ts';
import { PROVIDER_VERSION } from '../src/stack/slipstream-stack.ts';

/**
 * npm run provider:lock: provider.lock.hcl, with the hashes of the pinned provider for every platform that deploys from.
 * Asks registry.terraform.io, which a mirror cannot stand in for: a mirror has one platform's hashes.
 */
const PLATFORMS = ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64'];

await runScript(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipstream-lock-'));
  const aws = { source: 'hashicorp/aws', version: PROVIDER_VERSION };
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ terraform: { required_providers: { aws } } }));
  const args = ['providers', 'lock', '-no-color', ...PLATFORMS.map((platform) => `-platform=${platform}`)];
  const { status, error } = spawnSync('terraform', args, { cwd: folder, stdio: 'inherit' });
  if (status !== 0)
    throw new Error(`${error?.message ?? 'terraform providers lock failed'}: it needs registry.terraform.io.`);
  copyFileSync(join(folder, '.terraform.lock.hcl'), join(PACKAGE, 'provider.lock.hcl'));
  rmSync(folder, { recursive: true });
  console.log(`provider.lock.hcl holds hashicorp/aws ${PROVIDER_VERSION} for ${PLATFORMS.join(', ')}. Commit it.`);
});
