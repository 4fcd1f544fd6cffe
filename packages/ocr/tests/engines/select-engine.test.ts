import { SlipstreamError } from '@slipstream/shared';
import { describe, expect, it } from 'vitest';
import { NullEngine } from '../../src/engines/null-engine.ts';
import { type EngineHost, selectEngine } from '../../src/engines/select-engine.ts';

const OPTIONS = { languages: [], concurrency: 0, timeoutMs: 1_000 };

class NamedEngine extends NullEngine {
  override readonly name: string;
  constructor(name: string) {
    super();
    this.name = name;
  }
}

function host(
  platform: NodeJS.Platform,
  vision: 'there' | 'absent' | 'broken',
  ppocr: 'there' | 'absent' = 'there',
): EngineHost {
  return {
    platform,
    openPpocr: async () => {
      if (ppocr === 'absent') throw new SlipstreamError('ENGINE_UNAVAILABLE', 'no runtime');
      return new NamedEngine('ppocr');
    },
    openTesseract: async () => new NamedEngine('tesseract'),
    openAppleVision: async () => {
      if (vision === 'absent') throw new SlipstreamError('ENGINE_UNAVAILABLE', 'no addon');
      if (vision === 'broken') throw new SlipstreamError('CONFIGURATION_INVALID', 'no such language');
      return new NamedEngine('apple-vision');
    },
  };
}

describe('the engine', () => {
  it.each([
    ['auto', 'linux', 'there', 'ppocr'],
    ['auto', 'darwin', 'there', 'apple-vision'],
    ['auto', 'darwin', 'absent', 'ppocr'],
    ['ppocr', 'darwin', 'there', 'ppocr'],
    ['tesseract', 'darwin', 'there', 'tesseract'],
    ['apple-vision', 'darwin', 'there', 'apple-vision'],
  ] as const)('%s on %s, where Apple Vision is %s, is %s', async (name, platform, vision, chosen) => {
    expect((await selectEngine(name, OPTIONS, host(platform, vision))).name).toBe(chosen);
  });

  it('is Tesseract where PP-OCR cannot run', async () => {
    expect(await selectEngine('auto', OPTIONS, host('linux', 'absent', 'absent'))).toMatchObject({
      name: 'tesseract',
    });
  });

  it.each([
    [['deu'], 'ppocr'],
    [['ja-JP', 'en'], 'ppocr'],
    [['rus'], 'tesseract'],
    [['en', 'ar-EG'], 'ppocr'],
    [['tha'], 'tesseract'],
  ])('for the languages %j is %s', async (languages, chosen) => {
    expect((await selectEngine('auto', { ...OPTIONS, languages }, host('linux', 'absent'))).name).toBe(chosen);
  });

  it('that was named and cannot run is an error, not another engine', async () => {
    const chosen = selectEngine('apple-vision', OPTIONS, host('darwin', 'absent'));
    await expect(chosen).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
  });

  it('does not hide a wrong configuration behind Tesseract', async () => {
    const chosen = selectEngine('auto', OPTIONS, host('darwin', 'broken'));
    await expect(chosen).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
  });

  it('null reads as many images at once as it is told', async () => {
    expect(await selectEngine('null', { ...OPTIONS, concurrency: 3 })).toMatchObject({ name: 'null', concurrency: 3 });
  });
});
