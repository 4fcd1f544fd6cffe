/** What the doctor found about one thing. */
export interface Finding {
  readonly what: string;
  readonly verdict: 'ok' | 'warning' | 'failed';
  /** One sentence. */
  readonly found: string;
  /** The command or the step that mends it; null where nothing has to be mended. */
  readonly fix: string | null;
}

export function ok(what: string, found: string): Finding {
  return { what, verdict: 'ok', found, fix: null };
}

export function warning(what: string, found: string, fix: string): Finding {
  return { what, verdict: 'warning', found, fix };
}

export function failed(what: string, found: string, fix: string): Finding {
  return { what, verdict: 'failed', found, fix };
}
