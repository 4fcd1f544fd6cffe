import { describe, expect, it } from 'vitest';
import { INDEX_SETTINGS, indexCollections, loadSettings } from '../src/index.ts';

describe('the collections that are kept', () => {
  const settings = (env: Record<string, string>) => loadSettings(INDEX_SETTINGS, { flags: {}, env });

  it('are the lines; words by configuration; none without a vector store', () => {
    expect(indexCollections(settings({}))).toEqual(['lines']);
    expect(indexCollections(settings({ INDEX_COLLECTIONS: 'lines,words' }))).toEqual(['lines', 'words']);
    expect(indexCollections(settings({ VECTOR_STORE: 'none' }))).toEqual([]);
  });

  it('are known ones', () => {
    expect(() => indexCollections(settings({ INDEX_COLLECTIONS: 'lines,letters' }))).toThrow(
      /letters.*INDEX_COLLECTIONS/,
    );
  });
});
