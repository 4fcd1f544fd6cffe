import { scriptsSentence } from '@slipstream/ocr';
import { describe, expect, it } from 'vitest';
import { engineFinding } from '../../src/doctor/diagnose.ts';

const ENGINE = { name: 'ppocr', version: '6', concurrency: 2 };
const health = (state: 'ok' | 'degraded' | 'failed', level: string, reason: string | null) => ({
  ...ENGINE,
  health: { state, level, since: '2026-03-14T09:26:00.000Z', reason },
});

describe('what the doctor finds of the engine', () => {
  it('is that it loads, that it is degraded, or why it does not', () => {
    expect(engineFinding(ENGINE)).toMatchObject({ verdict: 'ok', found: 'ppocr 6 loads, 2 at once' });
    expect(engineFinding(health('ok', 'latin (slow)', null)).found).toContain('level latin (slow)');
    expect(engineFinding(health('degraded', 'latin', 'it crashed'))).toMatchObject({ verdict: 'warning' });
    expect(engineFinding(health('failed', '', 'no library'))).toMatchObject({
      verdict: 'failed',
      found: 'ppocr: no library',
    });
  });

  it('names the scripts that it reads, and what reads the others', () => {
    expect(scriptsSentence('ppocr', 'latin', [])).toMatch(/^Latin;.*Chinese, Japanese.*Tesseract/);
    expect(scriptsSentence('ppocr', 'all', ['ja'])).toMatch(/^Latin, Greek, Chinese, Japanese/);
    expect(scriptsSentence('tesseract', '', ['rus', 'eng'])).toContain('rus, eng');
  });
});
