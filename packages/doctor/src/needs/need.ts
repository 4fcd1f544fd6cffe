/** One thing that a function has to reach: a host and a port, where it is known from, and how surely. */
export interface Need {
  readonly function_id: string;
  readonly kind: 'aws' | 'host' | 'database' | 'file_system';
  readonly host: string;
  readonly port: number;
  /** Endpoint service (`sqs`); null for what is none of AWS's. */
  readonly service: string | null;
  /** Region of the service's host; null: the function's own. */
  readonly region: string | null;
  /** Calls that are made of it, and ARNs that they name, as far as they are known. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Database or file system of the snapshot. */
  readonly target_id: string | null;
  readonly certainty: 'declared' | 'inferred';
  /** false: it works without, for instance while no key is set. */
  readonly required: boolean;
  /** What it is known from, in words. */
  readonly source: string;
  /** Needed before the handler runs. */
  readonly at_init: boolean;
  /** A legacy or global host. */
  readonly legacy: boolean;
  /** Names a variable with a database URL in clear (`redis://`, `sslmode=disable`). */
  readonly clear_text: string | null;
}

export function destinationOf({ host, port }: Pick<Need, 'host' | 'port'>): string {
  return `${host}:${port}`;
}

const PART = {
  actions: [],
  resources: [],
  target_id: null,
  region: null,
  service: null,
  at_init: false,
  legacy: false,
  clear_text: null,
};

export function makeNeed(
  need: Pick<Need, 'function_id' | 'kind' | 'host' | 'port' | 'certainty' | 'required' | 'source'> & Partial<Need>,
): Need {
  return { ...PART, ...need };
}

/** One need a destination: the surer source is kept, what is called is joined. */
export function mergeNeeds(needs: readonly Need[]): Need[] {
  const merged = new Map<string, Need>();
  for (const need of needs) {
    const key = `${need.function_id} ${need.host}:${need.port}`;
    const known = merged.get(key);
    if (!known) {
      merged.set(key, need);
      continue;
    }
    const surer = known.certainty === 'declared' || need.certainty === 'inferred' ? known : need;
    merged.set(key, {
      ...surer,
      required: known.required || need.required,
      actions: [...new Set([...known.actions, ...need.actions])],
      resources: [...new Set([...known.resources, ...need.resources])],
      target_id: known.target_id ?? need.target_id,
      at_init: known.at_init || need.at_init,
      clear_text: known.clear_text ?? need.clear_text,
    });
  }
  return [...merged.values()];
}
