import type { OcrDocument, OcrLine, Quad } from '@slipstream/shared';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { EngineImage, OcrEngine } from '../../src/engines/engine.ts';
import { NullEngine } from '../../src/engines/null-engine.ts';
import { chooseAlternatives } from '../../src/engines/rereading/choose-alternatives.ts';
import { doubtfulZones, receiptsOf } from '../../src/engines/rereading/doubtful-zones.ts';
import { RereadingEngine } from '../../src/engines/rereading/rereading-engine.ts';
import { withZone } from '../../src/engines/rereading/with-zone.ts';
import { NEVER } from '../engines/sample-images.ts';

/** Rows of a receipt; a row's second text is its amount, with the confidence of that word. */
type Row = readonly [text: string, amount?: string, confidence?: number];
const ROWS: readonly Row[] = [
  ['Kiosk am Tor'],
  ['Seeweg 12'],
  ['03.02.2026'],
  ['Tea', '2.50'],
  ['Bread', '3.10', 0.6],
  ['Butter', '1.90'],
  ['TOTAL', '7.50'],
];

function quad(left: number, top: number, right: number, bottom: number): Quad {
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}

function line(text: string, left: number, top: number, confidence = 0.99): OcrLine {
  const right = left + text.length * 0.02;
  const box = quad(left, top, right, top + 0.03);
  return {
    text,
    confidence,
    quad: box,
    words: text.split(' ').map((word, i, all) => ({
      text: word,
      confidence,
      quad: quad(
        left + (i * (right - left)) / all.length,
        top,
        left + ((i + 1) * (right - left)) / all.length,
        top + 0.03,
      ),
    })),
  };
}

function documentOf(rows: readonly Row[]): OcrDocument {
  const lines = rows.flatMap(([text, amount, confidence], row) => [
    line(text, 0.1, 0.1 + row * 0.08),
    ...(amount === undefined ? [] : [line(amount, 0.8, 0.1 + row * 0.08, confidence)]),
  ]);
  return {
    schema_version: 1,
    image: { width: 600, height: 800, orientation: 1, sha256: '0'.repeat(64) },
    engine: { name: 'first', version: '1', level: 'test', languages: [] },
    lines,
    regions: [],
  };
}

async function page(): Promise<EngineImage> {
  const bytes = await sharp({ create: { width: 600, height: 800, channels: 3, background: 'white' } })
    .png()
    .toBuffer();
  return { image_id: 'page', bytes, sha256: '0'.repeat(64), type: 'png', width: 600, height: 800, orientation: 1 };
}

/** Reads the page as `whole`, and in each zone the one text that it is given, over all of the zone. */
class ZoneEngine extends NullEngine {
  readonly zones: EngineImage[] = [];
  readonly #whole: OcrDocument;
  readonly #inZone: string | Error;
  constructor(whole: OcrDocument, inZone: string | Error) {
    super();
    this.#whole = whole;
    this.#inZone = inZone;
  }
  override async recognise(image: EngineImage): Promise<OcrDocument> {
    if (image.image_id === 'page') return this.#whole;
    this.zones.push(image);
    if (this.#inZone instanceof Error) throw this.#inZone;
    const box = quad(0.2, 0.2, 0.8, 0.8);
    const words = [{ text: this.#inZone, confidence: 0.99, quad: box }];
    return { ...this.#whole, lines: [{ text: this.#inZone, confidence: 0.99, quad: box, words }] };
  }
}

describe('reading again where it does not add up', () => {
  const misread = ROWS.map((row): Row => (row[0] === 'Bread' ? ['Bread', '8.10', 0.6] : row));

  it('looks at the doubtful figure first, and nowhere where the sum holds', () => {
    const document = documentOf(misread);
    const [zone, ...others] = doubtfulZones(document, receiptsOf(document));
    expect(zone?.reason).toBe('doubtful-amount');
    expect(zone?.box.top).toBeLessThan(0.1 + 4 * 0.08);
    expect(zone?.box.bottom).toBeGreaterThan(0.1 + 4 * 0.08 + 0.03);
    expect(others.length).toBeLessThanOrEqual(2);
    expect(doubtfulZones(documentOf(ROWS), receiptsOf(documentOf(ROWS)))).toEqual([]);
  });

  it('looks to the right of an item without a figure', () => {
    const document = documentOf(ROWS.map((row): Row => (row[0] === 'Bread' ? ['Bread'] : row)));
    const zones = doubtfulZones(document, receiptsOf(document));
    if (receiptsOf(document)[0]?.line_items.some(({ amount }) => amount === null))
      expect(zones[0]).toMatchObject({ reason: 'item-without-amount', box: { left: expect.closeTo(0.2, 1) } });
  });

  it('looks at the total only where that was not read surely', () => {
    const zonesOf = (confidence: number) => {
      const document = documentOf(ROWS.map((row): Row => (row[0] === 'TOTAL' ? ['TOTAL', '9.50', confidence] : row)));
      return doubtfulZones(document, receiptsOf(document)).map(({ reason }) => reason);
    };
    expect(zonesOf(0.7)).toContain('doubtful-total');
    expect(zonesOf(0.99)).not.toContain('doubtful-total');
  });

  it('takes no sum that holds because a row is gone', async () => {
    const rows: readonly Row[] = [
      ['Kiosk am Tor'],
      ['03.02.2026'],
      ['Tea', '7.50'],
      ['Bread', '42.50', 0.6],
      ['TOTAL', '7.50'],
      ['Card', '7.50'],
    ];
    const first = documentOf(rows);
    const read = await new RereadingEngine(new ZoneEngine(first, 'no. 4250')).recognise(await page(), NEVER);
    expect(read.lines).toEqual(first.lines);
  });

  it('takes what makes the sum hold, and notes it; the zone was enlarged', async () => {
    const engine = new ZoneEngine(documentOf(misread), '3.10');
    const read = await new RereadingEngine(engine).recognise(await page(), NEVER);
    const [receipt] = receiptsOf(read);
    expect(receipt?.line_items.map(({ amount }) => amount?.value)).toContain('3.10');
    expect(receipt?.checks.every(({ ok }) => ok)).toBe(true);
    expect(read.passes?.[0]).toMatchObject({ page: 0, engine: 0, reason: 'doubtful-amount', taken: true });
    expect(engine.zones[0]?.height).toBeGreaterThan(90);
  });

  it.each([
    ['another figure that does not fit', '4.40'],
    ['no figure at all', 'smudge'],
    ['an error', new Error('it broke')],
  ])('leaves the first reading as it is where the zone gives %s', async (_, inZone) => {
    const first = documentOf(misread);
    const read = await new RereadingEngine(new ZoneEngine(first, inZone)).recognise(await page(), NEVER);
    expect(read.lines).toEqual(first.lines);
    expect(read.passes?.every(({ taken }) => !taken)).toBe(true);
  });

  it('asks a second engine where the first sees the same again, and names it', async () => {
    const second: OcrEngine = new ZoneEngine(documentOf(ROWS), '3.10');
    const engine = new RereadingEngine(new ZoneEngine(documentOf(misread), '8.10'), { openSecond: async () => second });
    const read = await engine.recognise(await page(), NEVER);
    expect(read.engines).toHaveLength(2);
    expect(read.passes?.at(-1)).toMatchObject({ engine: 1, taken: true });
    expect(read.lines.find(({ text }) => text === '3.10')?.engine).toBe(1);
    await engine.close();
  });

  it('ends with its time, and is called off with the image', async () => {
    class SlowEngine extends ZoneEngine {
      override async recognise(image: EngineImage): Promise<OcrDocument> {
        if (image.image_id !== 'page') await new Promise((resolve) => setTimeout(resolve, 80));
        return super.recognise(image);
      }
    }
    const first = documentOf(misread);
    const read = await new RereadingEngine(new SlowEngine(first, '4.40'), { timeMs: 40 }).recognise(
      await page(),
      NEVER,
    );
    expect(read.passes?.length).toBe(1);
    const off = new RereadingEngine(new SlowEngine(first, '4.40')).recognise(await page(), AbortSignal.abort());
    await expect(off).rejects.toThrow();
  });

  it('keeps the other words of a line that a zone cuts', () => {
    const document = documentOf([['Tea 2.50 each']]);
    const box = { left: 0.17, top: 0.08, right: 0.28, bottom: 0.15 };
    const changed = withZone(document, box, [line('2.60', 0.19, 0.1)], 1);
    expect(changed.lines.map(({ text }) => text)).toEqual(['Tea each', '2.60']);
  });
});

describe('what else a figure may be', () => {
  const misread = ROWS.map((row): Row => (row[0] === 'Bread' ? ['Bread', '8.10', 0.6] : row));
  /** The document with other readings of the words of these texts. */
  function withOthers(document: OcrDocument, others: Readonly<Record<string, [string, number][]>>): OcrDocument {
    const lines = document.lines.map((one) => ({
      ...one,
      words: one.words.map((word) => {
        const alternatives = others[word.text]?.map(([text, probability]) => ({ text, probability }));
        return alternatives === undefined ? word : { ...word, alternatives };
      }),
    }));
    return { ...document, lines };
  }
  const choose = (document: OcrDocument, signal = NEVER) => chooseAlternatives(document, receiptsOf(document), signal);
  const amountsOf = (document: OcrDocument) => receiptsOf(document)[0]?.line_items.map(({ amount }) => amount?.value);

  it('is taken where the sum then holds, and noted', () => {
    const { document } = choose(withOthers(documentOf(misread), { '8.10': [['3.10', 0.3]], '2.50': [['2.60', 0.2]] }));
    expect(amountsOf(document)).toEqual(['2.50', '3.10', '1.90']);
    expect(document.passes).toMatchObject([{ engine: 0, reason: 'other-letter', taken: true }]);
  });

  it('is left where no reading makes the sum hold, or where the sum holds as it is', () => {
    const wrong = withOthers(documentOf(misread), { '8.10': [['6.10', 0.4]] });
    expect(choose(wrong).document).toBe(wrong);
    const right = withOthers(documentOf(ROWS), { '3.10': [['8.10', 0.4]] });
    expect(choose(right).document).toBe(right);
  });

  it('is left where it was hardly likely and nothing but the sum speaks for it', () => {
    const unlikely = withOthers(documentOf(misread), { '8.10': [['3.10', 0.04]] });
    expect(choose(unlikely).document).toBe(unlikely);
    const paid: Row[] = [...misread, ['CASH', '10.00'], ['CHANGE', '2.50']];
    const twice = withOthers(documentOf(paid), { '8.10': [['3.10', 0.04]] });
    expect(amountsOf(choose(twice).document)).toEqual(['2.50', '3.10', '1.90']);
  });

  it('is left where two readings make the sum hold and differ', () => {
    const rows: Row[] = ROWS.map(([text, amount]) => {
      const others: Readonly<Record<string, string>> = { Bread: '8.10', Butter: '6.90', TOTAL: '12.50' };
      return amount === undefined ? [text] : [text, others[text] ?? amount];
    });
    const one = withOthers(documentOf(rows), { '8.10': [['3.10', 0.3]] });
    expect(amountsOf(choose(one).document)).toEqual(['2.50', '3.10', '6.90']);
    const either = withOthers(documentOf(rows), { '8.10': [['3.10', 0.3]], '6.90': [['1.90', 0.2]] });
    expect(choose(either).document).toBe(either);
  });

  it('may be two figures at once where a second check holds, too', () => {
    const rows: Row[] = [
      ...misread.map((row): Row => (row[0] === 'Butter' ? ['Butter', '7.90', 0.6] : row)),
      ['CASH', '10.00'],
      ['CHANGE', '2.50'],
    ];
    const { document } = choose(withOthers(documentOf(rows), { '8.10': [['3.10', 0.3]], '7.90': [['1.90', 0.3]] }));
    expect(amountsOf(document)).toEqual(['2.50', '3.10', '1.90']);
    expect(document.passes).toHaveLength(2);
  });

  it('changes the total only where a second check holds, too', () => {
    const rows = ROWS.map((row): Row => (row[0] === 'TOTAL' ? ['TOTAL', '7.60', 0.6] : row));
    const alone = withOthers(documentOf(rows), { '7.60': [['7.50', 0.4]] });
    expect(choose(alone).document).toBe(alone);
    const paid: Row[] = [...rows, ['CASH', '10.00'], ['CHANGE', '2.50']];
    const { document } = choose(withOthers(documentOf(paid), { '7.60': [['7.50', 0.4]] }));
    expect(receiptsOf(document)[0]?.total?.value).toBe('7.50');
  });

  it('is no longer looked for when the time is over', () => {
    const document = withOthers(documentOf(misread), { '8.10': [['3.10', 0.3]] });
    expect(choose(document, AbortSignal.abort()).document).toBe(document);
  });
});
