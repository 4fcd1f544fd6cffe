import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SlipstreamError } from '@slipstream/shared';

/** Beside this file as sources; a bundle has it under this name beside itself. */
const CHILD = import.meta.url.endsWith('.ts') ? './sql-child.ts' : './sql-child.js';

export interface SqlQuestion {
  readonly file: string;
  readonly sql: string;
  readonly rows_max: number;
}

export interface SqlRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  /** There are more rows than were asked for. */
  readonly more: boolean;
}

export type SqlAnswer = SqlRows | { readonly refused: string };

/**
 * One query, read only, in a process of its own that is ended after `timeout_ms`: `node:sqlite` cannot interrupt a
 * query. `REQUEST_INVALID` for SQL that SQLite refuses, that writes, or that takes too long.
 */
export function runSql({ timeout_ms, ...question }: SqlQuestion & { readonly timeout_ms: number }): Promise<SqlRows> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL(CHILD, import.meta.url)), {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(
        new SlipstreamError(
          'REQUEST_INVALID',
          `The query took longer than ${timeout_ms / 1_000} s and was ended; ask for less, or give it longer with --timeout.`,
        ),
      );
    }, timeout_ms);
    child.once('message', (answer: SqlAnswer) => {
      if ('refused' in answer) reject(refusal(answer.refused));
      else resolve(answer);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      reject(
        new SlipstreamError('CATALOGUE_UNAVAILABLE', `The query's process ended with ${signal ?? code}; try it again.`),
      );
    });
    child.send(question);
  });
}

function refusal(message: string): SlipstreamError {
  const isWrite = /readonly database|cannot modify|query_only|not authorized/i.test(message);
  return new SlipstreamError(
    'REQUEST_INVALID',
    isWrite
      ? 'slipstream sql only reads: the catalogue is made of the records, and what is written to it would be lost.'
      : `SQLite does not take the query: ${message}. Its tables are receipts, line_items, taxes, tags and merchants.`,
  );
}
