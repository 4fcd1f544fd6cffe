import type { Clock } from '@slipstream/shared';

/** `12 s ago`, from an ISO instant. */
export function ago(clock: Pick<Clock, 'now'>, instant: string): string {
  return `${duration(clock.now() - Date.parse(instant))} ago`;
}

/** A time as a person says it: in its largest fitting unit. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`;
}
