import type { Random } from '@slipstream/testing';
import type { Config } from './config.ts';

/** One way to break a stack: false where this stack cannot be broken so. */
export interface Fault {
  readonly name: string;
  /** The number that a finding has to name; null: the rule's id in `rule`. */
  readonly cause: number | null;
  readonly rule?: string;
  /** What a plan of HCL does not say before it is applied: nothing can be found there. */
  readonly hidden_in_plans?: true;
  /** Where not even the members of rules and routes are known. */
  readonly hidden_in_flat_plans?: true;
  apply(config: Config, random: Random): boolean;
}
