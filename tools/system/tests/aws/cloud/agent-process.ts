import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Resources } from './make-resources.ts';

export interface AgentProcess {
  /** As `kill -9` does, in the middle of whatever it does. */
  kill(): void;
  /** Lets it finish what it has in hand. */
  stop(): Promise<void>;
}

export interface AgentProcessOptions {
  readonly engine: 'null' | 'tesseract';
  readonly endpoint: string;
  readonly region: string;
  /** Its wall clock is this much off. */
  readonly skew_ms: number;
  /** Each line that it writes. */
  readonly onLog: (line: string) => void;
}

export const AGENT_PROGRAM = fileURLToPath(
  new URL('../../../../../apps/ocr-agent/dist/receipt-ocr.js', import.meta.url),
);
const SKEWED_CLOCK = new URL('skewed-clock.ts', import.meta.url).href;
/** Short where nothing takes long, so that a killed agent's messages come back within a test. */
const VISIBILITY_S = { null: 10, tesseract: 60 };

/** The built agent, as a process of its own. */
export function startAgentProcess(resources: Resources, options: AgentProcessOptions): AgentProcess {
  if (!existsSync(AGENT_PROGRAM)) throw new Error('The agent is not built; run npm run build.');
  const runDir = mkdtempSync(join(tmpdir(), 'ocr-'));
  const child = spawn(process.execPath, [AGENT_PROGRAM, ...agentFlags(resources, options), '--continuous'], {
    env: {
      PATH: process.env.PATH,
      HOME: runDir,
      SLIPSTREAM_RUN_DIR: runDir,
      AWS_ENDPOINT_URL: options.endpoint,
      AWS_ACCESS_KEY_ID: 'ocr-agent',
      AWS_SECRET_ACCESS_KEY: 'test',
      SKEW_MS: String(options.skew_ms),
      ...(options.skew_ms ? { NODE_OPTIONS: `--import ${SKEWED_CLOCK}` } : {}),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => text.trimEnd().split('\n').forEach(options.onLog));
  }
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    kill: () => child.kill('SIGKILL'),
    stop: async () => {
      await end(child, exited);
      rmSync(runDir, { recursive: true, force: true });
    },
  };
}

/** What names a stack to it. */
export function agentFlags(
  resources: Resources,
  { engine, region }: Pick<AgentProcessOptions, 'engine' | 'region'>,
): string[] {
  const { queues, table, raw_bucket, artifacts_bucket } = resources;
  return [
    ...['--ocr-job-queue-url', queues['ocr-queue'].url],
    ...['--ocr-results-queue-url', queues['ocr-results-queue'].url],
    ...['--dynamo-table-name', table],
    ...['--raw-bucket', raw_bucket],
    ...['--artifacts-bucket', artifacts_bucket],
    ...['--region', region],
    ...['--engine', engine],
    ...['--visibility-timeout', String(VISIBILITY_S[engine])],
  ];
}

const STOP_MS_MAX = 10_000;

async function end(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
  await exited;
  clearTimeout(timer);
}
