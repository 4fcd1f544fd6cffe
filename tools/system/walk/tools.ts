import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Tools {
  /** For TF_CLI_CONFIG_FILE. */
  readonly terraformConfig: string;
  readonly providerVersion: string;
}

/** Terraform and its AWS provider without a registry; a sentence where one of them is missing. */
export function findTools(folder: string, env: NodeJS.ProcessEnv): Tools | string {
  if (spawnSync('terraform', ['version']).status !== 0) return 'terraform is not installed.';
  const config = env.TF_CLI_CONFIG_FILE;
  const mirror = (config && existsSync(config) ? mirrorOf(config) : null) ?? env.TF_PLUGINS ?? null;
  if (mirror === null)
    return 'neither does TF_CLI_CONFIG_FILE name a file-system mirror, nor TF_PLUGINS a folder of Terraform plugins.';
  const versions = providerVersions(mirror);
  const [providerVersion] = versions;
  if (providerVersion === undefined) return `${mirror} holds no hashicorp/aws.`;
  const terraformConfig = join(folder, 'terraform.rc');
  writeFileSync(terraformConfig, `provider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n`);
  return { terraformConfig, providerVersion };
}

function mirrorOf(config: string): string | null {
  return /filesystem_mirror\s*\{[^}]*?path\s*=\s*"([^"]+)"/.exec(readFileSync(config, 'utf8'))?.[1] ?? null;
}

/** Newest first. Unpacked a folder a version, packed a zip a version and platform. */
function providerVersions(mirror: string): string[] {
  const folder = join(mirror, 'registry.terraform.io/hashicorp/aws');
  if (!existsSync(folder)) return [];
  const versions = readdirSync(folder).flatMap((name) => /(\d+\.\d+\.\d+)/.exec(name)?.[1] ?? []);
  return [...new Set(versions)].toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }));
}
