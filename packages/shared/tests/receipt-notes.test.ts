import { describe, expect, it } from 'vitest';
import { notesOf } from '../src/index.ts';

const DATE = { value: '2026-01-31', text: '31.01.26', confidence: 1, words: [] };

describe('notesOf', () => {
  it('tells of a day that the paper lacks', () => {
    const [note, ...others] = notesOf({ not_printed: ['date'], date: null, line_items: [] });
    expect(note?.code).toBe('DATE_NOT_PRINTED');
    expect(note?.message).toContain('no date');
    expect(others).toEqual([]);
  });

  it('says nothing of a day that was filled in, or of a paper that lacks none', () => {
    expect(notesOf({ not_printed: ['date'], date: DATE, line_items: [] })).toEqual([]);
    expect(notesOf({ date: null, line_items: [] })).toEqual([]);
  });

  it('tells of a slip without goods', () => {
    expect(notesOf({ not_printed: ['line_items'], date: DATE, line_items: [] })[0]?.code).toBe('ITEMS_NOT_PRINTED');
  });
});
