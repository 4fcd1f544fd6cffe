import { createLogger, type Logger } from '@slipstream/shared';
import pino from 'pino';

/** Lines on standard output, written at once: a frozen environment keeps none back. */
export function lambdaLogger(name: string): Logger {
  const destination = pino.destination({ dest: 1, sync: true });
  return createLogger({ name, level: process.env.LOG_LEVEL ?? 'info', destination });
}
