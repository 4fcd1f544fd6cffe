import type { Need } from '../needs/need.ts';

/** How traffic leaves the function's subnet. */
export type Way =
  | 'interface endpoint'
  | 'gateway endpoint'
  | 'nat gateway'
  | 'nat instance'
  | 'internet gateway'
  | 'inside the VPC'
  | 'peering'
  | 'transit gateway'
  | 'vpn'
  | 'firewall'
  | 'outside the VPC'
  | 'none'
  | 'unknown';

export interface Hop {
  readonly kind: string;
  readonly id: string;
  readonly verdict: 'ok' | 'broken' | 'unknown';
}

/** What is broken on a path: the rule that explains it, and the thing that has to be fixed. */
export interface Break {
  readonly rule: string;
  /** The first is the one to fix. */
  readonly resources: readonly string[];
  readonly evidence: readonly string[];
  /** Words that the rule's sentences need. */
  readonly facts: Readonly<Record<string, string>>;
  /** Causes besides the rule's own. */
  readonly causes?: readonly number[];
  /** It disturbs, but traffic passes, or may. */
  readonly soft?: boolean;
}

/** One function's way from one of its subnets to one destination. */
export interface Path {
  readonly function_id: string;
  /** null: the function runs outside of any VPC. */
  readonly subnet_id: string | null;
  readonly need: Need;
  readonly way: Way;
  readonly way_id: string | null;
  readonly verdict: 'ok' | 'broken' | 'unknown';
  readonly hops: readonly Hop[];
  readonly breaks: readonly Break[];
  /** What could not be decided, and why. */
  readonly unknown: readonly string[];
}

/** Collects hops and breaks while a path is followed. */
export class Trail {
  readonly hops: Hop[] = [];
  readonly breaks: Break[] = [];
  readonly unknown: string[] = [];
  way: Way = 'unknown';
  wayId: string | null = null;

  hop(kind: string, id: string, verdict: Hop['verdict'] = 'ok'): void {
    this.hops.push({ kind, id, verdict });
  }

  break(found: Break): void {
    this.breaks.push(found);
    const [id] = found.resources;
    const at = this.hops.findLastIndex((hop) => hop.id === id);
    const hop = this.hops[at];
    if (hop && found.soft !== true) this.hops[at] = { ...hop, verdict: 'broken' };
  }

  doubt(sentence: string): void {
    if (!this.unknown.includes(sentence)) this.unknown.push(sentence);
  }

  append(other: Trail): void {
    this.hops.push(...other.hops);
    this.breaks.push(...other.breaks);
    for (const sentence of other.unknown) this.doubt(sentence);
  }

  verdict(): Path['verdict'] {
    if (this.breaks.some(({ soft }) => soft !== true)) return 'broken';
    return this.unknown.length > 0 || this.way === 'unknown' ? 'unknown' : 'ok';
  }
}
