import { useEffect, useMemo, useState } from 'react';
import { Link } from '../address/link.tsx';
import { pathOf } from '../address/route.ts';
import { client, type ImageText, type ImageView, type ReceiptDetail, type Schemas, take } from '../api/api.ts';
import { onImageEvent } from '../api/events.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { TEXTS } from '../texts.ts';
import { Checks } from './checks.tsx';
import { Confidence, FieldRow, type Lighting, shownValue } from './field-row.tsx';
import { allFields, fieldsByWord, listRows, type ReceiptDocument, summaryFields, wordKey } from './leaves.ts';
import { MerchantMatch } from './merchant-match.tsx';
import { Picture } from './picture.tsx';

const text = TEXTS.receipt;

/** A receipt beside its picture: a field lights its words, and a word its fields. */
export function ReceiptPage({ imageId, receiptId }: { readonly imageId: string; readonly receiptId: string }) {
  const path = { image_id: imageId, receipt_id: receiptId };
  const receipt = useLoaded(`receipt ${imageId} ${receiptId}`, (signal) =>
    take<ReceiptDetail>(client.GET('/receipts/{image_id}/{receipt_id}', { params: { path }, signal })),
  );
  const image = useLoaded(`image ${imageId}`, (signal) =>
    take<ImageView>(client.GET('/images/{image_id}', { params: { path: { image_id: imageId } }, signal })),
  );
  const words = useLoaded(`text ${imageId}`, (signal) =>
    take<ImageText>(client.GET('/images/{image_id}/text', { params: { path: { image_id: imageId } }, signal })),
  );
  const reloads = [receipt.reload, image.reload, words.reload];
  // biome-ignore lint/correctness/useExhaustiveDependencies: the three never change
  useEffect(
    () =>
      onImageEvent((event) => {
        if (event.image_id === imageId) for (const reload of reloads) reload();
      }),
    [imageId],
  );
  const [page, setPage] = useState(0);
  const [field, setField] = useState<string | null>(null);
  const [word, setWord] = useState<string | null>(null);
  const document = receipt.data?.document ?? null;
  const byWord = useMemo(() => (document ? fieldsByWord(document) : new Map<string, string[]>()), [document]);
  const used = useMemo(() => new Set(byWord.keys()), [byWord]);
  const litFields = useMemo(() => new Set(word === null ? [] : (byWord.get(word) ?? [])), [byWord, word]);
  const litWords = useMemo(() => wordsOf(document, field), [document, field]);
  if (receipt.error?.status === 404) return <p className="empty">{text.gone}</p>;
  if (!receipt.data || !document) return <p className="empty" aria-busy="true" />;
  const { data } = receipt;
  const lighting: Lighting = { lit: litFields, onField: setField };
  const others = (image.data?.receipts ?? []).filter((each) => each.receipt_id !== data.receipt_id);
  const pages = words.data?.pages.length ?? 1;
  return (
    <article className="receipt">
      <header>
        <h1>
          {data.merchant_name ?? TEXTS.list.noMerchant}{' '}
          <span className={`state ${data.status}`}>{TEXTS.list.status[data.status]}</span>
        </h1>
        <p className="dim">{data.file_name}</p>
      </header>
      <div className="columns">
        <div>
          <Picture imageId={imageId} text={words.data} page={page} lit={litWords} used={used} onWord={setWord} />
          {pages > 1 ? (
            <label>
              {text.page}{' '}
              <select value={page} onChange={(event) => setPage(Number(event.target.value))}>
                {Array.from({ length: pages }, (_, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: pages are their numbers
                  <option key={index} value={index}>
                    {index + 1}
                  </option>
                ))}
              </select>
            </label>
          ) : null}
        </div>
        <div className="read">
          {document.reasons.length > 0 && data.status === 'NEEDS_REVIEW' ? (
            <section aria-labelledby="reasons" className="reasons">
              <h2 id="reasons">{text.reasons}</h2>
              <ul>
                {document.reasons.map(({ code, message }) => (
                  <li key={code + message}>{message}</li>
                ))}
              </ul>
            </section>
          ) : null}
          {data.engine?.degraded ? <p className="warn">{text.degraded}</p> : null}
          <Fields document={document} lighting={lighting} />
          <Items document={document} lighting={lighting} />
          <section aria-labelledby="checks">
            <h2 id="checks">{text.checks}</h2>
            <Checks checks={document.checks} />
          </section>
          {document.merchant_match ? <MerchantMatch match={document.merchant_match} /> : null}
          {others.length > 0 ? (
            <section aria-labelledby="others">
              <h2 id="others">{text.otherReceipts}</h2>
              <ul>
                {others.map((each) => (
                  <li key={each.receipt_id}>
                    <Link href={pathOf({ page: 'receipt', imageId, receiptId: each.receipt_id })}>
                      {each.merchant_name ?? TEXTS.list.noMerchant} {each.total}
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
          <ReadAgain imageId={imageId} />
        </div>
      </div>
    </article>
  );
}

function Fields({ document, lighting }: { readonly document: ReceiptDocument; readonly lighting: Lighting }) {
  const notPrinted = new Set<string>(document.not_printed ?? []);
  return (
    <section aria-labelledby="fields">
      <h2 id="fields">{text.fields}</h2>
      <dl>
        {summaryFields(document).map((field) => (
          <FieldRow
            key={field.path}
            field={field}
            lighting={lighting}
            missing={notPrinted.has(field.path) ? text.notPrinted : text.missing}
          />
        ))}
      </dl>
    </section>
  );
}

function Items({ document, lighting }: { readonly document: ReceiptDocument; readonly lighting: Lighting }) {
  const rows = listRows(document, 'line_items');
  const [first] = rows;
  if (!first) return null;
  return (
    <section aria-labelledby="items">
      <h2 id="items">{text.items}</h2>
      <table className="items">
        <thead>
          <tr>
            {first.fields.map(({ path, label, kind }) => (
              <th key={path} scope="col" className={kind === 'decimal' ? 'number' : undefined}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ index, fields }) => (
            <tr key={index}>
              {fields.map((field) => (
                <td
                  key={field.path}
                  data-field={field.path}
                  className={`${field.kind === 'decimal' ? 'number' : ''} ${lighting.lit.has(field.path) ? 'lit' : ''}`}
                  onPointerEnter={() => lighting.onField(field.path)}
                  onPointerLeave={() => lighting.onField(null)}
                >
                  {shownValue(field)}
                  {field.path.endsWith('.amount') ? <Confidence leaf={field.leaf} /> : null}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ReadAgain({ imageId }: { readonly imageId: string }) {
  const [state, setState] = useState<'idle' | 'asked' | string>('idle');
  const ask = async () => {
    const params = { path: { image_id: imageId } };
    const asked = take<Schemas['Job']>(client.POST('/images/{image_id}/reprocess', { params }));
    setState(await asked.then(() => 'asked').catch((thrown: Error) => thrown.message));
  };
  return (
    <p>
      <button type="button" onClick={ask} disabled={state === 'asked'}>
        {text.reprocess}
      </button>{' '}
      <span role="status">{state === 'idle' ? '' : state === 'asked' ? text.reprocessing : state}</span>
    </p>
  );
}

function wordsOf(document: ReceiptDocument | null, path: string | null): ReadonlySet<string> {
  const field = document && path !== null ? allFields(document).find((each) => each.path === path) : undefined;
  return new Set((field?.leaf?.words ?? []).map(([line, word]) => wordKey(line, word)));
}
