import type { IncomingMessage, RequestListener } from 'node:http';
import { problemResponse } from '@slipstream/api';
import { type Clock, SlipstreamError } from '@slipstream/shared';
import { MemoryBudget } from './memory-budget.ts';
import { type PaceOptions, SlowPeers } from './slow-peers.ts';

/** All requests together: five photographs of the largest size, or 500 requests of the usual one. */
const REQUEST_BYTES_MAX = 134_217_728;
/** What a request takes beside its body: its answer, buffers of the connection, objects. */
const REQUEST_BYTES = 262_144;
/** A stream of events holds one event at a time. */
const EVENTS_BYTES = 32_768;
const WAIT_MS_MAX = 10_000;
const RETRY_AFTER_S = 5;
/** Slower than any network that a photograph was ever sent over. */
const PACE: PaceOptions = { bytesPerSecondMin: 1_024, windowMs: 20_000 };

export interface AdmissionOptions {
  readonly clock: Clock;
  /** The largest body that is held as a whole. */
  readonly bodyBytesMax: number;
  readonly bytesMax?: number;
  readonly waitMs?: number;
  readonly pace?: PaceOptions;
}

export interface Admission {
  /** Takes a request in when there is memory for it, until its answer has been taken or its connection is gone. */
  readonly listener: RequestListener;
  close(): void;
}

/** Bounds what requests hold together, whichever way their bytes go and however slow the other side is. */
export function admitRequests(serve: RequestListener, options: AdmissionOptions): Admission {
  const { clock, bodyBytesMax, bytesMax = REQUEST_BYTES_MAX, waitMs = WAIT_MS_MAX, pace = PACE } = options;
  const budget = new MemoryBudget(Math.max(bytesMax, bodyBytesMax + REQUEST_BYTES), clock);
  const slowPeers = new SlowPeers(pace);
  return {
    listener: async (incoming, outgoing) => {
      const gone = new AbortController();
      outgoing.once('close', () => gone.abort());
      const release = await budget.take(bytesOf(incoming, bodyBytesMax), waitMs, gone.signal);
      if (outgoing.destroyed) return release?.();
      if (release === null) {
        const { status, headers, text } = await overloaded();
        outgoing.writeHead(status, headers).end(text);
        return;
      }
      outgoing.once('close', release);
      slowPeers.watch(incoming, outgoing);
      serve(incoming, outgoing);
    },
    close: () => slowPeers.close(),
  };
}

/** A photograph is held until it is stored; everything else passes in pieces. */
function bytesOf({ method, url = '', headers }: IncomingMessage, bodyBytesMax: number): number {
  const path = url.split('?')[0];
  if (path === '/events') return EVENTS_BYTES;
  if (method !== 'POST' || path !== '/images') return REQUEST_BYTES;
  const declared = Number(headers['content-length'] ?? bodyBytesMax);
  // A longer one is refused before it is read.
  return REQUEST_BYTES + Math.min(Number.isFinite(declared) ? declared : bodyBytesMax, bodyBytesMax);
}

async function overloaded() {
  const message = `There are more requests than memory for them; send it again in ${RETRY_AFTER_S} s.`;
  const response = problemResponse(new SlipstreamError('OVERLOADED', message));
  const headers = { ...Object.fromEntries(response.headers), 'retry-after': String(RETRY_AFTER_S) };
  return { status: response.status, headers, text: await response.text() };
}
