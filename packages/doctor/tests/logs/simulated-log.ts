import type { Random } from '@slipstream/testing';
import type { LogVerdict } from '../../src/logs/time-line.ts';

export const LOG_KINDS = [
  'saturation',
  'random-loss',
  'all-fail',
  'slow-code',
  'cold-starts',
  'throttling',
  'open-handles',
  'healthy',
] as const satisfies readonly LogVerdict[];
type Kind = (typeof LOG_KINDS)[number];

interface Request {
  readonly start: number;
  readonly duration: number;
  readonly init: number | null;
  readonly failed: boolean;
  readonly words: readonly string[];
}

const LIMIT_MS = 60_000;

/** A log as CloudWatch keeps it: requests of one kind of trouble, with noise, clock jitter and lines in between. */
export function simulatedLog(kind: Kind, size: number, random: Random): string {
  const bursts = kind === 'saturation' ? Math.max(1, Math.floor(size / 20)) : 1;
  const each = Math.ceil(size / bursts);
  const requests: Request[] = [];
  for (let n = 0; n < size; n += 1)
    requests.push(request(kind, Math.floor(n / each) * 900_000, n % each, each, random));
  const lines = requests.flatMap((one, at) => linesOf(one, at, random)).toSorted((a, b) => a.at - b.at);
  return `${lines.map(({ at, text }) => `${new Date(1_760_000_000_000 + at).toISOString()} ${text}`).join('\n')}\n`;
}

function request(kind: Kind, base: number, n: number, size: number, random: Random): Request {
  const ok = 1_500 + random.next() * 1_500;
  const start = base + (kind === 'saturation' ? n * 40 + random.next() * 60 : random.next() * 120_000);
  const words = ['INFO handling event'];
  const timeout = ['ERROR connect ETIMEDOUT https://s3.eu-west-1.amazonaws.com/docs'];
  switch (kind) {
    case 'saturation': {
      const failed = random.chance(0.02) ? random.chance(0.5) : n >= size / 2;
      return {
        start,
        duration: failed ? LIMIT_MS : ok,
        init: null,
        failed,
        words: failed ? [...words, ...timeout] : words,
      };
    }
    case 'random-loss': {
      const failed = random.chance(0.4);
      return {
        start,
        duration: failed ? LIMIT_MS : ok,
        init: null,
        failed,
        words: failed ? [...words, ...timeout] : words,
      };
    }
    case 'all-fail':
      return { start, duration: LIMIT_MS, init: null, failed: true, words: [...words, ...timeout] };
    case 'slow-code': {
      const duration = Math.min(LIMIT_MS, 20_000 + random.next() * 45_000);
      return { start, duration, init: null, failed: duration >= LIMIT_MS, words };
    }
    case 'cold-starts': {
      const isCold = n % 4 === 0;
      return {
        start,
        duration: isCold ? 6_000 + random.next() * 2_000 : 150 + random.next() * 150,
        init: isCold ? 2_500 + random.next() * 500 : null,
        failed: false,
        words,
      };
    }
    case 'throttling': {
      const failed = random.chance(0.5);
      return {
        start,
        duration: ok,
        init: null,
        failed: false,
        words: failed || n < 3 ? [...words, 'ERROR ThrottlingException: Rate exceeded'] : words,
      };
    }
    case 'open-handles':
      return { start, duration: LIMIT_MS, init: null, failed: true, words: [...words, 'INFO work completed'] };
    case 'healthy':
      return { start, duration: ok, init: random.chance(0.05) ? 400 : null, failed: false, words };
  }
}

function linesOf(
  { start, duration, init, failed, words }: Request,
  n: number,
  random: Random,
): { at: number; text: string }[] {
  const id = `${n.toString(16).padStart(8, '0')}-0000-4000-8000-${Math.floor(random.next() * 1e9)
    .toString(16)
    .padStart(12, '0')}`;
  const stream = `2026/01/05/[$LATEST]${n.toString(16).padStart(32, 'a')}`;
  const jitter = () => random.next() * 4;
  const end = start + duration;
  return [
    { at: start + jitter(), text: `${stream} START RequestId: ${id} Version: $LATEST` },
    ...words.map((word, at) => ({
      at: start + 20 + at * 10,
      text: `${stream} 2026-01-05T00:00:00.000Z\t${id}\t${word.startsWith('ERROR') ? 'ERROR' : 'INFO'}\t${word.replace(/^(ERROR|INFO) /, '')}`,
    })),
    ...(failed
      ? [{ at: end + 1, text: `${stream} 2026-01-05T00:01:00.000Z ${id} Task timed out after 60.00 seconds` }]
      : []),
    { at: end + 2, text: `${stream} END RequestId: ${id}` },
    {
      at: end + 3,
      text: `${stream} REPORT RequestId: ${id}\tDuration: ${duration.toFixed(2)} ms\tBilled Duration: ${Math.ceil(duration)} ms\tMemory Size: 512 MB\tMax Memory Used: 90 MB${init === null ? '' : `\tInit Duration: ${init.toFixed(2)} ms`}`,
    },
  ];
}
