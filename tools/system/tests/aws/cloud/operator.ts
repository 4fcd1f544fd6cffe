import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FUNCTION_NAMES } from '@slipstream/shared';
import { REGION } from '@slipstream/testing/vitest';
import type { LocalCloud } from './local-cloud.ts';
import { OPERATOR, roleArnOf } from './local-roles.ts';
import { variablesOf } from './make-resources.ts';

const PROJECT = fileURLToPath(new URL('../../../../../', import.meta.url));
const CLI = join(PROJECT, 'apps/cli/dist/slipstream.js');

export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A person at a shell with the outputs of the stack's deploy and AWS credentials of their own. */
export class Operator {
  readonly #folder = mkdtempSync(join(tmpdir(), 'slipstream-operator-'));
  readonly #cloud: LocalCloud;
  readonly #endpoints: { readonly api: string; readonly lambda: string };

  /** `outputs`: what the deploy tells besides. */
  constructor(
    cloud: LocalCloud,
    endpoints: { readonly api: string; readonly lambda: string },
    outputs: Readonly<Record<string, string>> = {},
  ) {
    this.#cloud = cloud;
    this.#endpoints = endpoints;
    writeFileSync(this.#outputsFile, JSON.stringify({ 'slipstream-test': { ...this.#outputs(), ...outputs } }));
  }

  /** `npm run verify -- …`, as it stands in the README. */
  verify(args: readonly string[], options: { readonly interruptedAfter?: RegExp } = {}): Promise<Finished> {
    const all = ['run', '--silent', 'verify', '--', '--env', 'test', '--outputs', this.#outputsFile, ...args];
    return this.#run('npm', all, options);
  }

  /** The built program. */
  slipstream(...args: readonly string[]): Promise<Finished> {
    return this.slipstreamWith('', ...args);
  }

  /** The same with something on its standard input. */
  slipstreamWith(input: string, ...args: readonly string[]): Promise<Finished> {
    return this.#run(process.execPath, [CLI, ...args, '--outputs', this.#outputsFile], { input });
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #outputsFile(): string {
    return join(this.#folder, 'outputs.json');
  }

  /** Named as the deploy names them. */
  #outputs(): Record<string, string> {
    const variables = Object.entries(variablesOf(this.#cloud.resources));
    const roles = FUNCTION_NAMES.map((name) => [`${name.replaceAll('-', '_')}_role_arn`, roleArnOf(name)]);
    return {
      api_url: this.#endpoints.api,
      region: REGION,
      connectivity_probe_function: `arn:aws:lambda:${REGION}:000000000000:function:connectivity-probe:live`,
      ...Object.fromEntries(variables.map(([name, value]) => [name.toLowerCase(), value])),
      ...Object.fromEntries(roles),
    };
  }

  #run(
    command: string,
    args: readonly string[],
    { interruptedAfter, input = '' }: { readonly interruptedAfter?: RegExp; readonly input?: string },
  ): Promise<Finished> {
    const child = spawn(command, args, {
      cwd: PROJECT,
      // A group of its own, as a shell gives it: Ctrl-C reaches every process of it.
      detached: true,
      env: {
        PATH: process.env.PATH,
        HOME: this.#folder,
        NO_COLOR: '1',
        AWS_ENDPOINT_URL: this.#cloud.proxy.url,
        AWS_ENDPOINT_URL_LAMBDA: this.#endpoints.lambda,
        AWS_ACCESS_KEY_ID: OPERATOR,
        AWS_SECRET_ACCESS_KEY: 'test',
        SLIPSTREAM_TOKEN: 'a-token',
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin.end(input);
    let [out, err] = ['', ''];
    let isInterrupted = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      if (isInterrupted || !interruptedAfter?.test(out) || child.pid === undefined) return;
      isInterrupted = true;
      process.kill(-child.pid, 'SIGINT');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
  }
}
