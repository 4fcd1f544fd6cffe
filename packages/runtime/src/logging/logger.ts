import { printableJson, SlipstreamError } from '@slipstream/shared';
import pino, { type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

/** Never in a log, whoever passes it: credentials, and what stands on a receipt. */
const REDACTED_KEYS = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'token',
  'api_key',
  'apiKey',
  'accessKeyId',
  'secretAccessKey',
  'sessionToken',
  'text',
  'body',
  'lines',
  'address',
  'phone',
  'card_last4',
];

/**
 * One JSON line a record. Log at boundaries: one line when a unit of work starts, one when it ends, with outcome,
 * duration and ids.
 */
export function createLogger(options: {
  readonly name: string;
  readonly level: string;
  readonly destination?: DestinationStream;
}): Logger {
  return pino(
    {
      name: options.name,
      level: options.level,
      // No pid and host on each line: one program writes one log.
      base: { name: options.name },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: serializeError, err: serializeError },
      // A file name in a message must not steer the terminal that the log is read on.
      hooks: { streamWrite: printableJson },
      redact: { paths: REDACTED_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
    },
    options.destination ?? standardError(),
  );
}

/** Lines that wait for room on a full disk or in a full pipe: the newest are dropped above it. */
const WAITING_BYTES_MAX = 1_048_576;

/** A log that cannot be written (a full disk, a pipe that is not read) neither ends work nor holds it up. */
function standardError(): DestinationStream {
  // Tried again with the next line: the default sleeps in between, and with it the whole program.
  const retryEAGAIN = () => false;
  const destination = pino.destination({ dest: 2, sync: true, maxLength: WAITING_BYTES_MAX, retryEAGAIN });
  destination.on('error', () => {});
  return destination;
}

/** What a log keeps of an error: its code and its message, and those of its causes. Stacks only of unexpected ones. */
function serializeError(error: unknown): Record<string, unknown> {
  if (error instanceof SlipstreamError) {
    const { code, message, retry, details, cause } = error;
    const unexpected = code === 'INTERNAL' ? { stack: error.stack } : {};
    return {
      code,
      message,
      retry,
      details,
      ...unexpected,
      ...(cause === undefined ? {} : { cause: serializeError(cause) }),
    };
  }
  if (error instanceof Error) return { name: error.name, message: error.message, stack: error.stack };
  return { message: String(error) };
}
