import { createLogger, type Logger } from '@slipstream/runtime';
import pino from 'pino';
import { mapStacks } from './map-stacks.ts';

/** Lines on standard output, written at once: a frozen environment keeps none back. Stacks in them name the sources. */
export function lambdaLogger(name: string): Logger {
  mapStacks(import.meta.url);
  const destination = pino.destination({ dest: 1, sync: true });
  return createLogger({ name, level: process.env.LOG_LEVEL ?? 'info', destination });
}
