import { describe, expect, it } from 'vitest';
import { createMacVision, info, MacVisionError, prewarm, recognizeText, supportedLanguages } from '../../src/index.ts';

describe.skipIf(process.platform === 'darwin')('where there is no Vision', () => {
  it('info says so, with the reason', () => {
    const expected = { available: false, reason: `Apple Vision is part of macOS; this is ${process.platform}` };
    expect(info()).toEqual(expected);
    expect(createMacVision({ isolated: true }).info()).toEqual(expected);
  });

  it.each([
    ['recognizeText', () => recognizeText(Buffer.from('x'))],
    ['recognizeText, isolated', () => recognizeText(Buffer.from('x'), { isolated: true })],
    ['supportedLanguages', () => supportedLanguages()],
    ['prewarm', () => prewarm()],
  ])('%s rejects with `unavailable`, and throws nothing', async (_name, call) => {
    const error = await call().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MacVisionError);
    expect(error).toMatchObject({ code: 'unavailable', message: expect.stringContaining('macOS') });
  });

  it('a wrong option is wrong on every platform', async () => {
    await expect(recognizeText(Buffer.from('x'), { timeoutMs: -1 })).rejects.toMatchObject({ code: 'invalid_option' });
  });

  it('can be closed', async () => {
    await createMacVision().close();
    await createMacVision({ isolated: true }).close();
  });
});
