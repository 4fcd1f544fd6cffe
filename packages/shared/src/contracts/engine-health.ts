/** `ok`: as it should. `degraded`: it reads, and worse than it could. `failed`: it reads nothing. */
export const ENGINE_STATES = ['ok', 'degraded', 'failed'] as const;
export type EngineState = (typeof ENGINE_STATES)[number];

/** How an engine is, since when, and why. */
export interface EngineHealth {
  readonly state: EngineState;
  /** The level that images are read with at present, in the engine's own word; empty where it has one only. */
  readonly level: string;
  /** ISO instant. */
  readonly since: string;
  /** null where it is well. */
  readonly reason: string | null;
}
