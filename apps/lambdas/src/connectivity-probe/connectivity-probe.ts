import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type Invocation, type LogPorts, runUnit } from '@slipstream/pipeline';
import { SlipstreamError } from '@slipstream/shared';
import { z } from 'zod';
import { isHealthCheck } from '../events/health-check.ts';
import { type Measured, type ProbeMeans, probeConnection, STAGES } from './probe-connection.ts';
import { isPrivate, meaningOf } from './probe-meaning.ts';
import { type ProbeTarget, TARGET_NAMES, type TargetName } from './probe-targets.ts';
import { whoAnswered } from './who-answered.ts';

const eventSchema = z.strictObject({
  targets: z.array(z.enum(TARGET_NAMES)).min(1).max(TARGET_NAMES.length).optional(),
  /** Of one connection, all its stages together. */
  timeout_ms: z.int().min(100).max(20_000).default(5_000),
  /** Connections to each target at the same moment: some ways let the first few pass and hang the rest. */
  bursts: z.int().min(1).max(50).default(1),
});

export interface ProbeResult extends Omit<Measured, 'body' | 'failure' | 'headers'> {
  readonly target: TargetName;
  readonly ok: boolean;
  readonly private: boolean;
  readonly public_ip?: string;
  /** `tcp: TIMED_OUT`: the stage and what happened there. */
  readonly error: string | null;
  readonly meaning: string;
  /** Only where more than one connection was asked for. */
  readonly burst?: { readonly asked: number; readonly ok: number; readonly failed: Readonly<Record<string, number>> };
}

const RESERVE_MS = 500;

export interface ProbeOptions {
  readonly targets: Readonly<Record<TargetName, ProbeTarget>>;
  readonly means?: ProbeMeans;
}

/** Looks from inside the function's network at the places it has to reach. Sends no key, and goes nowhere else. */
export function createConnectivityProbe(
  ports: LogPorts,
  { targets, means = { lookup: systemLookup } }: ProbeOptions,
): (event: unknown, invocation: Invocation) => Promise<readonly ProbeResult[]> {
  return async (event, invocation) => {
    if (isHealthCheck(event)) return [];
    const asked = parseEvent(event);
    const timeoutMs = Math.min(asked.timeout_ms, Math.max(100, invocation.remainingMs() - RESERVE_MS));
    const unit = {
      name: 'connectivity-probe',
      request_id: invocation.request_id,
      correlation_id: invocation.request_id,
      waiting_since: null,
    };
    let results: readonly ProbeResult[] = [];
    const outcome = await runUnit(ports, unit, async () => {
      const names = [...new Set(asked.targets ?? TARGET_NAMES)];
      results = await Promise.all(names.map((name) => probe(name, targets[name], timeoutMs, asked.bursts, means)));
      return { reachable: results.filter(({ ok }) => ok).length, asked: results.length };
    });
    if (outcome.kind === 'done') return results;
    throw outcome.error;
  };
}

function parseEvent(event: unknown): z.infer<typeof eventSchema> {
  const parsed = eventSchema.safeParse(event ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new SlipstreamError(
    'REQUEST_INVALID',
    `The event is not valid at ${issue?.path.join('.') || 'its top'}: ${issue?.message}. Targets are named, never given as a URL: ${TARGET_NAMES.join(', ')}.`,
  );
}

async function probe(
  name: TargetName,
  target: ProbeTarget,
  timeoutMs: number,
  bursts: number,
  means: ProbeMeans,
): Promise<ProbeResult> {
  const measured = await Promise.all(Array.from({ length: bursts }, () => probeConnection(target, timeoutMs, means)));
  // The one that got least far tells most.
  const [shown] = measured.toSorted((a, b) => progress(a) - progress(b));
  if (shown === undefined) throw new SlipstreamError('INTERNAL', 'No connection was tried.');
  const { body, failure, headers: _, ...figures } = shown;
  const address = body.trim();
  return {
    target: name,
    ok: isOk(target, shown),
    ...figures,
    private: isPrivate(shown.addresses),
    ...(target.tells_address && isIP(address) !== 0 ? { public_ip: address } : {}),
    error: failure && `${failure.stage}: ${failure.code}`,
    meaning: meaningOf(target, shown, timeoutMs),
    ...(bursts > 1 ? { burst: burstOf(target, measured) } : {}),
  };
}

function isOk(target: ProbeTarget, measured: Measured): boolean {
  const { failure, status } = measured;
  return failure === null && status !== null && status < 500 && whoAnswered(target, measured) === 'the host';
}

function progress(measured: Measured): number {
  return measured.failure === null ? STAGES.length : STAGES.indexOf(measured.failure.stage);
}

function burstOf(target: ProbeTarget, measured: readonly Measured[]) {
  const failed: Record<string, number> = {};
  for (const { failure } of measured) {
    if (failure) failed[failure.stage] = (failed[failure.stage] ?? 0) + 1;
  }
  return { asked: measured.length, ok: measured.filter((one) => isOk(target, one)).length, failed };
}

/** As every client of this process would resolve it, IPv4 first. */
async function systemLookup(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true, order: 'ipv4first' })).map(({ address }) => address);
}
