import type { Lazy } from './evaluate.ts';

/** One resource or data source of a stack: each of `count` and `for_each` by itself. */
export interface Resource extends Lazy {
  /** `module.net.aws_subnet.app[0]`, `data.aws_region.here` */
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly key: string | number | null;
  /** Whether the configuration itself says it. */
  declares(name: string): boolean;
  /** What the configuration says, as it is written. */
  written(name: string): string | null;
}

/** All resources of a stack, with what its provider says. */
export interface TerraformStack {
  readonly kind: 'synth' | 'plan';
  readonly region: string | null;
  readonly resources: readonly Resource[];
  /** What could not be read, one sentence each. */
  readonly notes: readonly string[];
  /** Instances that a reference such as `aws_subnet.app[0].id` names, in the root module or by full address. */
  referred(reference: string): readonly Resource[];
}

/** The address without an attribute behind it. */
export function addressIn(reference: string): string | null {
  const match =
    /^((?:module\.[\w-]+(?:\[[^\]]*\])?\.)*)((?:data\.)?[a-z][a-z0-9]*_[a-z0-9_]+\.[\w-]+(?:\[(?:"[^"]*"|\d+)\])?)/.exec(
      reference,
    );
  return match ? `${match[1]}${match[2]}` : null;
}
