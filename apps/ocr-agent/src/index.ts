export * from './agent.ts';
export * from './agent-events.ts';
export type { AgentCounts, AgentStatus } from './agent-status.ts';
export * from './engines/engine.ts';
export * from './engines/engine-options.ts';
export * from './engines/null-engine.ts';
export * from './engines/select-engine.ts';
export { Claimants } from './jobs/claimants.ts';
export { type RecognisedFile, recogniseFile, recogniseFiles } from './program/recognise-files.ts';
