import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError } from './api.ts';

export interface Loaded<T> {
  readonly data: T | null;
  readonly error: ApiError | null;
  /** Loads again; what is shown stays until the new answer is there. */
  reload(): void;
}

const RETRY_MS = 3_000;

/** Loads when `key` changes and when asked; a server that does not answer is asked again by itself. */
export function useLoaded<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ key: string; data: T | null; error: ApiError | null }>({
    key,
    data: null,
    error: null,
  });
  const [round, setRound] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  const reload = useCallback(() => setRound((n) => n + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a round is a load
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    latest.current(abort.signal).then(
      (data) => abort.signal.aborted || setState({ key, data, error: null }),
      (thrown: unknown) => {
        if (abort.signal.aborted) return;
        const error = thrown instanceof ApiError ? thrown : new ApiError(0, 'UNKNOWN', String(thrown));
        setState((old) => ({ key, data: old.key === key ? old.data : null, error }));
        if (error.status === 0 || error.status === 503) timer = setTimeout(reload, RETRY_MS);
      },
    );
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [key, round, reload]);
  return { data: state.key === key ? state.data : null, error: state.key === key ? state.error : null, reload };
}
