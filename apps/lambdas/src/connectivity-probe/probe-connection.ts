import { type IncomingHttpHeaders, request } from 'node:http';
import { connect, isIPv6, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ProbeTarget } from './probe-targets.ts';

export const STAGES = ['dns', 'tcp', 'tls', 'http'] as const;
type Stage = (typeof STAGES)[number];

export interface ProbeMeans {
  /** The addresses of a name. */
  readonly lookup: (host: string) => Promise<readonly string[]>;
  /** Trusted besides the public authorities. */
  readonly ca?: string;
}

/** One connection, measured stage by stage; a stage that was not reached (or not needed: tls) is null. */
export interface Measured {
  readonly status: number | null;
  readonly dns_ms: number | null;
  readonly tcp_ms: number | null;
  readonly tls_ms: number | null;
  readonly http_ms: number | null;
  readonly addresses: readonly string[];
  /** The beginning of the answer's body. */
  readonly body: string;
  /** Of the answer's headers, those that say who answered. */
  readonly headers: Readonly<Record<string, string>>;
  readonly failure: { readonly stage: Stage; readonly code: string } | null;
}

/** The code of a failure that is a silence. */
export const TIMED_OUT = 'TIMED_OUT';
const BODY_LENGTH_MAX = 1_000;

/** Resolves, connects, shakes hands and asks, and says how long each took and where it ended. Never rejects. */
export async function probeConnection(target: ProbeTarget, timeoutMs: number, means: ProbeMeans): Promise<Measured> {
  const { hostname, port, protocol, pathname, search } = target.url;
  const host = hostname.replace(/^\[|\]$/g, '');
  const isTls = protocol === 'https:';
  const portNumber = Number(port || (isTls ? 443 : 80));
  const endsAt = performance.now() + timeoutMs;
  const ms: Record<Stage, number | null> = { dns: null, tcp: null, tls: null, http: null };
  let addresses: readonly string[] = [];
  let answer: Answer | null = null;
  let stage: Stage = 'dns';
  let socket: Socket | null = null;
  const timed = async <T>(name: Stage, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    stage = name;
    const startedAt = performance.now();
    const value = await within(endsAt - startedAt, work);
    ms[name] = Math.round(performance.now() - startedAt);
    return value;
  };
  let failure: Measured['failure'] = null;
  try {
    addresses = await timed('dns', () => means.lookup(host));
    const address = addresses[0];
    if (address === undefined) throw Object.assign(new Error('no address'), { code: 'ENOTFOUND' });
    const plain = await timed('tcp', (signal) => open(() => connect(portNumber, address), 'connect', signal));
    socket = plain;
    const ca = means.ca ? { ca: means.ca } : {};
    const secure = isTls
      ? await timed('tls', (signal) =>
          open(() => connectTls({ socket: plain, servername: host, ...ca }), 'secureConnect', signal),
        )
      : plain;
    const headers = { host: isIPv6(host) ? `[${host}]` : host, connection: 'close' };
    answer = await timed('http', (signal) => ask(secure, `${pathname}${search}`, headers, signal));
  } catch (thrown) {
    failure = { stage, code: codeOf(thrown) };
  } finally {
    socket?.destroy();
  }
  return {
    status: answer?.status ?? null,
    dns_ms: ms.dns,
    tcp_ms: ms.tcp,
    tls_ms: ms.tls,
    http_ms: ms.http,
    addresses,
    body: answer?.body ?? '',
    headers: answer?.headers ?? {},
    failure,
  };
}

/** Ends the wait, whatever the work does about the signal. */
async function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(Math.max(1, Math.round(ms)));
  const silence = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(Object.assign(new Error('no answer'), { code: TIMED_OUT })));
  });
  return Promise.race([work(signal), silence]);
}

function open<S extends Socket>(start: () => S, event: string, signal: AbortSignal): Promise<S> {
  return new Promise((resolve, reject) => {
    const socket = start();
    const giveUp = () => socket.destroy();
    socket.once(event, () => {
      // What comes now is the next stage's, with a time of its own.
      signal.removeEventListener('abort', giveUp);
      resolve(socket);
    });
    socket.on('error', reject);
    signal.addEventListener('abort', giveUp);
  });
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A GET without any credential. */
function ask(socket: Socket, path: string, headers: Record<string, string>, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ createConnection: () => socket, path, headers, signal }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body = (body + chunk).slice(0, BODY_LENGTH_MAX);
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, headers: textsOf(response.headers) }));
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end();
  });
}

function textsOf(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

function codeOf(thrown: unknown): string {
  const { code, message }: { code?: unknown; message?: unknown } = Object(thrown);
  return typeof code === 'string' ? code : String(message);
}
