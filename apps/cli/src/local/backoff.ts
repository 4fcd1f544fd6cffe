const FIRST_MS = 200;
const MAX_MS = 60_000;

/** The pause after so many failures in a row, in ms: 200, 400, 800 … a minute at most. */
export function backoffMs(failures: number): number {
  return Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20));
}
