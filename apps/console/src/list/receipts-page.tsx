import { useEffect, useRef, useState } from 'react';
import { go } from '../address/route.ts';
import type { ReceiptSummary } from '../api/api.ts';
import { LoadFault } from '../api/load-fault.tsx';
import { TEXTS } from '../texts.ts';
import { ContactSheet, ReceiptTable } from './receipt-table.tsx';
import { type ReceiptQuery, SORTS, useReceipts } from './use-receipts.ts';

const text = TEXTS.list;
const WORDS_LENGTH_MAX = 200;
const PAUSE_MS = 250;
const STATUSES = ['NEEDS_REVIEW', 'VALID', 'REVIEWED', 'NEW'] as const;

/** Receipts by state and date; what is asked stands in the address, so that it can be kept and gone back to. */
export function ReceiptsPage({ query }: { readonly query: URLSearchParams }) {
  const asked = queryOf(query);
  const { data, error, more } = useReceipts(asked);
  const isSheet = query.get('as') === 'sheet';
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(query);
    if (value === '') next.delete(name);
    else next.set(name, value);
    go(`/find${next.size > 0 ? `?${next}` : ''}`, 'replace');
  };
  return (
    <>
      <h1>{text.title}</h1>
      <form className="filters" onSubmit={(event) => event.preventDefault()}>
        <WordsField value={asked.q ?? ''} onSearch={(words) => set('q', words)} />
        <label>
          {text.statusLabel}
          <select value={asked.status ?? ''} onChange={(event) => set('status', event.target.value)}>
            <option value="">{text.all}</option>
            {STATUSES.map((status) => (
              <option key={status} value={status}>
                {text.status[status]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {text.from}
          <input type="date" value={asked.from ?? ''} onChange={(event) => set('from', event.target.value)} />
        </label>
        <label>
          {text.to}
          <input type="date" value={asked.to ?? ''} onChange={(event) => set('to', event.target.value)} />
        </label>
        <label>
          {text.sort}
          <select value={asked.sort ?? '-date'} onChange={(event) => set('sort', event.target.value)}>
            {SORTS.map((sort) => (
              <option key={sort} value={sort}>
                {text.sorts[sort]}
              </option>
            ))}
          </select>
        </label>
        <fieldset className="switch">
          <legend className="visually-hidden">{text.title}</legend>
          <button type="button" aria-pressed={!isSheet} onClick={() => set('as', '')}>
            {text.table}
          </button>
          <button type="button" aria-pressed={isSheet} onClick={() => set('as', 'sheet')}>
            {text.sheet}
          </button>
        </fieldset>
      </form>
      <LoadFault error={error} />
      {data && data.length === 0 ? (
        <p className="empty">{Object.keys(asked).length > 0 ? text.empty : text.none}</p>
      ) : null}
      {data && data.length > 0 ? isSheet ? <ContactSheet receipts={data} /> : <ReceiptTable receipts={data} /> : null}
      {more ? (
        <button type="button" onClick={more}>
          {text.more}
        </button>
      ) : null}
    </>
  );
}

/** Asks when the typing pauses, and at once with Enter. */
function WordsField({ value, onSearch }: { readonly value: string; onSearch(words: string): void }) {
  const [typed, setTyped] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <label className="words">
      {text.words}
      <input
        type="search"
        value={typed}
        maxLength={WORDS_LENGTH_MAX}
        onChange={(event) => {
          const words = event.target.value;
          setTyped(words);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => onSearch(words.trim()), PAUSE_MS);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          clearTimeout(timer.current);
          onSearch(typed.trim());
        }}
      />
    </label>
  );
}

/** What of the address is a question; anything else in it is left out. */
export function queryOf(query: URLSearchParams): ReceiptQuery {
  const status = STATUSES.find((each) => each === query.get('status')) satisfies ReceiptSummary['status'] | undefined;
  const day = (name: string) => (/^\d{4}-\d{2}-\d{2}$/.test(query.get(name) ?? '') ? (query.get(name) ?? '') : null);
  const words = (name: string) => query.get(name)?.trim().slice(0, WORDS_LENGTH_MAX) ?? '';
  const figure = (name: string) => (/^-?\d{1,12}(\.\d{1,4})?$/.test(query.get(name) ?? '') ? query.get(name) : null);
  const currency = /^[A-Z]{3}$/.test(query.get('currency') ?? '') ? query.get('currency') : null;
  const asked = {
    status,
    from: day('from'),
    to: day('to'),
    q: words('q'),
    merchant: words('merchant'),
    min: figure('min'),
    max: figure('max'),
    currency,
    sort: SORTS.find((each) => each !== '-date' && each === query.get('sort')),
  };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value)) as ReceiptQuery;
}
