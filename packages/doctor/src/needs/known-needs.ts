import { knowsVariables } from '../snapshot/known-variables.ts';
import { roleOf } from '../snapshot/lookups.ts';
import type { LambdaFunction, Snapshot } from '../snapshot/snapshot.ts';
import { declarationOf } from './declared-needs.ts';

/** Whether everything that a function's needs are read from is known: advice to take something away rests on that. */
export function knowsNeeds(fn: LambdaFunction, snapshot: Snapshot): boolean {
  if (declarationOf(fn, snapshot)) return true;
  const role = roleOf(snapshot, fn);
  return knowsVariables(fn) && role?.complete === true;
}
