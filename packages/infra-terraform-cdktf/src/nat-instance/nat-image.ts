/** Families of x86 instance types; every other family of today ends its number with a g: Graviton. */
export function architectureOf(instanceType: string): 'arm64' | 'x86_64' {
  const family = instanceType.split('.')[0] ?? '';
  return /^[a-z]+\d+g/.test(family) ? 'arm64' : 'x86_64';
}

/** Amazon's public parameter that names the Amazon Linux 2023 image; each new image is a new version of it. */
export function imageParameter(instanceType: string): string {
  return `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-${architectureOf(instanceType)}`;
}
