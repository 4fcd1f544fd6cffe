import type { Environment } from './environment.ts';
import { modelNotes } from './model-address.ts';
import type { NeedsOf } from './network-needs.ts';
import { reachNotes } from './reach.ts';

/** What is said at synth of an environment that is not refused. */
export function environmentNotes(environment: Environment, needsOf: NeedsOf): string[] {
  const { watching, agent_access, deletion_protection } = environment;
  return [
    ...reachNotes(environment, needsOf),
    ...modelNotes(environment),
    ...(deletion_protection && watching.alarm_email === 'none'
      ? ["Alarms notify no one (watching.alarm_email is 'none')."]
      : []),
    ...(agent_access.kind === 'none'
      ? [
          "No access is made for the OCR agent (agent_access is 'none'): attach the agent's policy by hand, or choose sso or roles-anywhere.",
        ]
      : []),
  ];
}
