import { hostOf } from './host-in-text.ts';
import { eachEventOf, eachLogEvent, type LogEvent } from './log-events.ts';
import { readTrace, type Trace } from './traces.ts';

/** One request, as its log tells it. */
export interface RequestRow {
  readonly id: string;
  start_ms: number | null;
  end_ms: number | null;
  duration_ms: number | null;
  init_ms: number | null;
  memory_mb: number | null;
  used_mb: number | null;
  outcome: 'ok' | 'timeout' | 'error' | 'unknown';
  /** The last line before the silence: what was finished, not where it hangs. */
  last_line: string | null;
  host: string | null;
  /** It said that the work was done. */
  said_done: boolean;
}

export interface LogReading {
  readonly rows: RequestRow[];
  /** Requests beyond those that are kept one by one. */
  more: number;
  readonly hosts: Map<string, number>;
  readonly traces: Map<string, Trace & { count: number }>;
  init_timeouts: number;
  throttles: number;
  dns_errors: number;
  connect_timeouts: number;
  read_timeouts: number;
  resets: number;
  refused_403: number;
  limit_s: number | null;
}

const ROWS_MAX = 20_000;
const OPEN_MAX = 5_000;
const TRACES_MAX = 50;
const CLOSED_MAX = 200;
const STREAMS_MAX = 5_000;
const ID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const ANY_ID = new RegExp(ID);
const ID_HERE = new RegExp(ID, 'y');
const NUMBERS = /(Billed |Init |Restore )?Duration: ([\d.]+)|(Memory Size|Max Memory Used): ([\d.]+)/g;
const STREAM = /\d{4}\/\d{2}\/\d{2}\/\[[^\]]+\][0-9a-f]+/;
const STREAM_HERE = new RegExp(STREAM, 'y');
const DONE = /completed|complete\b|finished|succeeded|success|\bdone\b|✅|"outcome":"(done|ok)"/i;

/** Reads logs into one row a request. */
export async function readRequests(files: readonly string[]): Promise<LogReading> {
  const reading = emptyReading();
  const builder = new Builder(reading);
  for (const file of files) await eachLogEvent(file, (event) => builder.add(event));
  return reading;
}

/** The same of lines, as CloudWatch returns them. */
export function readRequestsOf(lines: readonly string[]): LogReading {
  const reading = emptyReading();
  const builder = new Builder(reading);
  eachEventOf(lines, (event) => builder.add(event));
  return reading;
}

function emptyReading(): LogReading {
  return {
    rows: [],
    more: 0,
    hosts: new Map(),
    traces: new Map(),
    init_timeouts: 0,
    throttles: 0,
    dns_errors: 0,
    connect_timeouts: 0,
    read_timeouts: 0,
    resets: 0,
    refused_403: 0,
    limit_s: null,
  };
}

class Builder {
  readonly #reading: LogReading;
  readonly #open = new Map<string, RequestRow>();
  readonly #current = new Map<string, RequestRow>();
  /** The last ones that ended. */
  readonly #closed = new Map<string, RequestRow>();

  constructor(reading: LogReading) {
    this.#reading = reading;
  }

  add(event: LogEvent): void {
    const { line } = event;
    const stream = streamOf(line);
    const time = timeOf(line);
    const platform = platformRecord(line);
    if (platform) {
      this.#platform(platform, stream, time);
      return;
    }
    const start = idAfter(line, 'START RequestId: ');
    if (start) {
      const row = this.#row(start);
      row.start_ms ??= time;
      this.#current.delete(stream);
      this.#current.set(stream, row);
      if (this.#current.size > STREAMS_MAX) this.#current.delete(this.#current.keys().next().value ?? '');
      return;
    }
    if (line.includes('INIT_REPORT')) {
      if (/Status: timeout/.test(line)) this.#reading.init_timeouts += 1;
      return;
    }
    const report = idAfter(line, 'REPORT RequestId: ');
    if (report) {
      this.#report(this.#row(report), line, time);
      return;
    }
    const named = ANY_ID.exec(line)?.[0];
    const row = (named ? this.#open.get(named) : undefined) ?? this.#current.get(stream) ?? null;
    if (line.includes('Task timed out')) {
      const limit = /after ([\d.]+) seconds/.exec(line)?.[1];
      if (limit) this.#reading.limit_s = Number(limit);
      const own = named ? this.#row(named) : row;
      if (!own) return;
      own.outcome = 'timeout';
      own.end_ms ??= time;
      const last = event.before(own.id, stream).replace(STREAM, '').trim();
      if (last !== '' && !/^(\S+ )?START RequestId/.test(last) && !/REPORT RequestId|END RequestId/.test(last)) {
        own.last_line = last.slice(0, 300);
        if (DONE.test(last)) own.said_done = true;
      }
      return;
    }
    this.#words(event, row);
  }

  #words(event: LogEvent, row: RequestRow | null): void {
    const { line } = event;
    const reading = this.#reading;
    const isError = /\bERROR\b|Traceback|Exception|Error\b|❌|"outcome":"(failed|error)"|ETIMEDOUT|ECONN/.test(line);
    if (/Throttl|Rate [Ee]xceeded|TooManyRequests/.test(line)) reading.throttles += 1;
    if (/EAI_AGAIN|ENOTFOUND|getaddrinfo|Name or service not known|Temporary failure in name resolution/.test(line))
      reading.dns_errors += 1;
    if (/ConnectTimeout|connect ETIMEDOUT|[Cc]onnect(ion)? timed? ?out|TimeoutError: Connection/.test(line))
      reading.connect_timeouts += 1;
    else if (/ReadTimeout|[Rr]ead timed out|[Ss]ocket timed out|SocketTimeout|ESOCKETTIMEDOUT/.test(line))
      reading.read_timeouts += 1;
    if (/ECONNRESET|Connection reset|Connection was closed/.test(line)) reading.resets += 1;
    if (/\b403\b/.test(line) && /allow|IP|whitelist|forbidden|denied/i.test(line)) reading.refused_403 += 1;
    const host = isError || /timed? ?out|TIMEDOUT/i.test(line) ? hostOf(line) : null;
    if (host) {
      reading.hosts.set(host, (reading.hosts.get(host) ?? 0) + 1);
      if (row) row.host ??= host;
    }
    if (row && DONE.test(line) && !isError) row.said_done = true;
    if (!isError) return;
    if (
      row &&
      row.outcome === 'unknown' &&
      /❌|\[ERROR\]|Invoke Error|Unhandled|"errorType"|"outcome":"(failed|error)"|Traceback/.test(line)
    )
      row.outcome = 'error';
    const trace = readTrace(`${line}\n${event.after()}`);
    if (!trace) return;
    if (trace.host) reading.hosts.set(trace.host, (reading.hosts.get(trace.host) ?? 0) + 1);
    if (row && trace.host) row.host ??= trace.host;
    const key = `${trace.exception} ${trace.frame}`;
    const known = reading.traces.get(key);
    if (known) known.count += 1;
    else if (reading.traces.size < TRACES_MAX) reading.traces.set(key, { ...trace, count: 1 });
  }

  #report(row: RequestRow, line: string, time: number | null): void {
    for (const [, kind = '', duration, memory, size] of line.matchAll(NUMBERS)) {
      if (kind === '' && duration) row.duration_ms ??= Number(duration);
      else if (kind === 'Init ') row.init_ms ??= Number(duration);
      else if (memory === 'Memory Size') row.memory_mb ??= Number(size);
      else if (memory === 'Max Memory Used') row.used_mb ??= Number(size);
    }
    row.end_ms ??= time;
    if (row.start_ms === null && time !== null && row.duration_ms !== null) row.start_ms = time - row.duration_ms;
    const status = /Status: (\w+)/.exec(line)?.[1];
    if (status === 'timeout') row.outcome = 'timeout';
    else if (status === 'error' || status === 'failure') row.outcome = 'error';
    else if (row.outcome === 'unknown') row.outcome = 'ok';
    this.#close(row);
  }

  #platform(record: PlatformRecord, stream: string, time: number | null): void {
    const { type, id, duration_ms, init_ms, status, memory_mb, used_mb } = record;
    const at = record.time ?? time;
    if (type === 'platform.initReport') {
      if (status === 'timeout') this.#reading.init_timeouts += 1;
      return;
    }
    if (id === null) return;
    const row = this.#row(id);
    if (type === 'platform.start') {
      row.start_ms ??= at;
      this.#current.set(stream, row);
    }
    if (type !== 'platform.report') return;
    Object.assign(row, { duration_ms, init_ms, memory_mb, used_mb });
    row.end_ms ??= at;
    if (row.start_ms === null && at !== null && duration_ms !== null) row.start_ms = at - duration_ms;
    row.outcome =
      status === 'timeout' ? 'timeout' : status === 'success' ? (row.outcome === 'error' ? 'error' : 'ok') : 'error';
    this.#close(row);
  }

  #close(row: RequestRow): void {
    this.#open.delete(row.id);
    this.#closed.set(row.id, row);
    if (this.#closed.size <= CLOSED_MAX) return;
    const [oldest] = this.#closed.keys();
    if (oldest !== undefined) this.#closed.delete(oldest);
  }

  #row(id: string): RequestRow {
    const known = this.#open.get(id);
    if (known) return known;
    // A report may be followed by the line that says why it ended.
    const late = this.#closed.get(id);
    if (late) return late;
    const row: RequestRow = {
      id,
      start_ms: null,
      end_ms: null,
      duration_ms: null,
      init_ms: null,
      memory_mb: null,
      used_mb: null,
      outcome: 'unknown',
      last_line: null,
      host: null,
      said_done: false,
    };
    if (this.#reading.rows.length < ROWS_MAX) this.#reading.rows.push(row);
    else this.#reading.more += 1;
    if (this.#open.size >= OPEN_MAX) {
      const [oldest] = this.#open.keys();
      if (oldest !== undefined) this.#open.delete(oldest);
    }
    this.#open.set(id, row);
    return row;
  }
}

/** `2026/01/05/[$LATEST]0123…`, found by what few other words have. */
function streamOf(line: string): string {
  const at = line.indexOf('/[');
  if (at < 10) return '';
  STREAM_HERE.lastIndex = at - 10;
  return STREAM_HERE.exec(line)?.[0] ?? '';
}

/** A copy of its own: a part of a string keeps the whole piece of the log in memory. */
function idAfter(line: string, words: string): string | undefined {
  const at = line.indexOf(words);
  if (at === -1) return undefined;
  ID_HERE.lastIndex = at + words.length;
  const found = ID_HERE.exec(line)?.[0];
  return found && Buffer.from(found, 'latin1').toString('latin1');
}

interface PlatformRecord {
  readonly type: string;
  readonly time: number | null;
  readonly id: string | null;
  readonly status: string | null;
  readonly duration_ms: number | null;
  readonly init_ms: number | null;
  readonly memory_mb: number | null;
  readonly used_mb: number | null;
}

function platformRecord(line: string): PlatformRecord | null {
  const at = line.indexOf('{');
  if (at === -1 || !line.includes('"type":"platform.')) return null;
  try {
    const document: unknown = JSON.parse(line.slice(at));
    const { type, time, record }: { type?: unknown; time?: unknown; record?: unknown } = Object(document);
    const { requestId, status, metrics }: { requestId?: unknown; status?: unknown; metrics?: unknown } = Object(record);
    const of = (name: string) => {
      const value: unknown = Object(metrics)[name];
      return typeof value === 'number' ? value : null;
    };
    const ms = typeof time === 'string' ? Date.parse(time) : Number.NaN;
    return {
      type: String(type),
      time: Number.isNaN(ms) ? null : ms,
      id: typeof requestId === 'string' ? requestId : null,
      status: typeof status === 'string' ? status : null,
      duration_ms: of('durationMs'),
      init_ms: of('initDurationMs'),
      memory_mb: of('memorySizeMB'),
      used_mb: of('maxMemoryUsedMB'),
    };
  } catch {
    return null;
  }
}

function timeOf(line: string): number | null {
  const iso = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?/.exec(line.slice(0, 120))?.[0];
  if (iso) {
    const ms = Date.parse(/Z|[+-]\d{2}:?\d{2}$/.test(iso.slice(19)) ? iso : `${iso}Z`);
    if (!Number.isNaN(ms)) return ms;
  }
  const epoch = /(?:^|"timestamp":\s*)(1[5-9]\d{11})\b/.exec(line)?.[1];
  return epoch ? Number(epoch) : null;
}
