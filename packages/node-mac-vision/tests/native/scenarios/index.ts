import type { Effort, Scenario } from '../scenario.ts';
import { cancellingScenarios } from './cancelling.ts';
import { failureScenarios } from './failures.ts';
import { readingScenarios } from './reading.ts';
import { resourceScenarios } from './resources.ts';
import { terminationScenarios } from './termination.ts';
import { textScenarios } from './text.ts';

/** What runs in this process and its worker threads. The order matters once: the failures break the recogniser. */
export function inProcessScenarios(effort: Effort): Scenario[] {
  return [
    ...readingScenarios,
    ...textScenarios,
    ...cancellingScenarios,
    ...resourceScenarios(effort),
    ...terminationScenarios,
    ...failureScenarios,
  ];
}
