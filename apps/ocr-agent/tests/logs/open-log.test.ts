import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLog } from '../../src/logs/open-log.ts';
import { lastLines } from '../../src/logs/show-logs.ts';

let logDir: string;
beforeEach(() => {
  logDir = mkdtempSync(join(tmpdir(), 'logs-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(logDir, { recursive: true, force: true });
});

describe('the log', () => {
  it('is found again by who shows it', async () => {
    const logger = await openLog('info', logDir);
    logger.info('a line');
    await vi.waitFor(async () => expect(await lastLines(logDir)).toHaveLength(1));
  });

  it('does not let grow what launchd appends beside it', async () => {
    const output = join(logDir, 'launchd.log');
    writeFileSync(output, 'x'.repeat(500_000));
    await openLog('info', logDir);
    expect(statSync(output).size).toBe(500_000);
    writeFileSync(output, 'x'.repeat(2_000_000));
    await openLog('info', logDir);
    expect(statSync(output).size).toBe(0);
  });

  it.skipIf(!existsSync('/dev/full'))('on a full disk ends no agent, and says so once', async () => {
    symlinkSync('/dev/full', join(logDir, 'receipt-ocr.1.log'));
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const logger = await openLog('info', logDir);
    for (let line = 0; line < 5; line += 1) {
      logger.info({ line }, 'a line');
      await new Promise((resolve) => setTimeout(resolve, 20)); // each is a write, and an error, of its own
    }
    const ours = said.mock.calls.map(([text]) => String(text)).filter((text) => text.includes(logDir));
    expect(ours).toEqual([expect.stringContaining('ENOSPC')]);
    unlinkSync(join(logDir, 'receipt-ocr.1.log'));
  });
});
