import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const RUNTIME = new URL('../../src/networks/page-reader.ts', import.meta.url).href;

/**
 * ONNX Runtime from 1.29 on writes a device id into the home folder, logs and sessions into the temporary folder, and
 * sends events over the network, unless it is told not to before it is loaded.
 */
it.each([null, 'SIGKILL'] as const)(
  'the networks leave nothing behind and report to nobody (ended by %s)',
  async (signal) => {
    const folder = mkdtempSync(join(tmpdir(), 'slipstream-telemetry-'));
    try {
      const script = `
      const { PageReader } = await import(${JSON.stringify(RUNTIME)});
      const { runtime } = await PageReader.open('latin');
      await new Promise((resolve) => setTimeout(resolve, 500));
      process.stdout.write(runtime + '\\n');
      if (${signal !== null}) setInterval(() => {}, 1000);`;
      // CI is taken off: the runtime keeps still by itself where it is set.
      const { CI: _ci, ORT_DISABLE_TELEMETRY: _one, ORT_TELEMETRY_DISABLED: _other, ...environment } = process.env;
      const env = { ...environment, TMPDIR: folder, HOME: folder, XDG_CACHE_HOME: folder, XDG_DATA_HOME: folder };
      const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
        cwd: folder,
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let out = '';
      const ended = new Promise((resolve) => child.once('close', resolve));
      for await (const chunk of child.stdout) {
        out += chunk;
        if (signal !== null) child.kill(signal);
      }
      await ended;
      expect(out).toContain('onnxruntime');
      expect(readdirSync(folder, { recursive: true })).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  60_000,
);
