export { collectSynth, snapshotOfStack } from './collect/synth/collect-synth.ts';
export { diagnose, examine } from './examine.ts';
export { type Finding, findingSchema, type Report, reportSchema } from './findings/finding.ts';
export {
  findingsOfSteps,
  type LiveChecks,
  type LiveChoice,
  reportOf,
  type StepResult,
  takeStep,
} from './live/live-step.ts';
export { doctorCommand } from './program/doctor-command.ts';
export { type Snapshot, snapshotSchema } from './snapshot/snapshot.ts';
