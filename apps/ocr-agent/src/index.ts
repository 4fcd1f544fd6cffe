export * from './agent.ts';
export * from './agent-events.ts';
export type { AgentCounts, AgentStatus } from './agent-status.ts';
export { beat } from './heartbeat/heartbeat.ts';
export { Claimants } from './jobs/claimants.ts';
export { type RecognisedFile, recogniseFile, recogniseFiles } from './program/recognise-files.ts';
export { VERSION as AGENT_VERSION } from './version.ts';
