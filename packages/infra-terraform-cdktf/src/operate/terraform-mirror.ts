import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Versions of the AWS provider that the configured file-system mirror has, newest first; null without such a mirror. */
export function mirroredProviders(configFile: string | undefined): string[] | null {
  if (!configFile || !existsSync(configFile)) return null;
  const path = /filesystem_mirror\s*\{[^}]*?path\s*=\s*"([^"]+)"/.exec(readFileSync(configFile, 'utf8'))?.[1];
  if (!path) return null;
  const folder = join(path, 'registry.terraform.io/hashicorp/aws');
  if (!existsSync(folder)) return null;
  // Unpacked: a folder a version. Packed: terraform-provider-aws_6.1.0_linux_amd64.zip.
  const versions = readdirSync(folder).flatMap((name) => /(\d+\.\d+\.\d+)/.exec(name)?.[1] ?? []);
  return [...new Set(versions)].toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }));
}
