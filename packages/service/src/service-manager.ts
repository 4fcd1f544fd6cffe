import type { ServicePlan } from './service-plan.ts';

export interface ServiceState {
  readonly installed: boolean;
  readonly loaded: boolean;
  /** null where it does not run. */
  readonly pid: number | null;
  /** Of the last run; null where none is known. */
  readonly last_exit: string | null;
}

/** launchd or systemd. Each call may be repeated: what is so already stays so. */
export interface ServiceManager {
  /** The unit's text for a plan. */
  render(plan: ServicePlan): string;
  /** Makes the manager know what the unit file says now: one stop, where it runs, and one start. */
  load(): void;
  /** Stops it, and it is not started again until `load`. */
  unload(): void;
  state(): ServiceState;
}
