import type { Lazy } from './evaluate.ts';
import type { UnknownValue } from './unknown-value.ts';

/** One resource or data source of a stack: each of `count` and `for_each` by itself. */
export interface Resource extends Lazy {
  /** `module.net.aws_subnet.app[0]`, `data.aws_region.here` */
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly key: string | number | null;
  /** Of its provider, where that is another one than the stack's; null: the stack's. */
  readonly region: string | null;
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
  /** Whether a resource of this address is configured, be it without an instance (`count = 0`). */
  configures(address: string): boolean;
  /**
   * What a value that names nothing (it came through a `local`, or a `dynamic` block) has to come from: a plan keeps
   * no locals, but whatever it does not know yet is of something that it makes. Empty where several things fit.
   */
  likely(value: UnknownValue, types: readonly string[]): readonly Resource[];
}

/** The address without an attribute behind it. */
export function addressIn(reference: string): string | null {
  const match =
    /^((?:module\.[\w-]+(?:\[[^\]]*\])?\.)*)((?:data\.)?[a-z][a-z0-9]*_[a-z0-9_]+\.[\w-]+(?:\[(?:"[^"]*"|\d+)\])?)/.exec(
      reference,
    );
  return match ? `${match[1]}${match[2]}` : null;
}

/** `module.net.` of `module.net.aws_subnet.app[0]`; empty for the root module. */
export function modulePrefix(address: string): string {
  return /^(?:module\.[\w-]+(?:\["[^"]*"\]|\[\d+\])?\.)*/.exec(address)?.[0] ?? '';
}

/** The resource without its instance's key. */
export function labelOf({ address }: Pick<Resource, 'address'>): string {
  return address.replace(/\[(?:"[^"]*"|\d+)\]$/, '');
}
