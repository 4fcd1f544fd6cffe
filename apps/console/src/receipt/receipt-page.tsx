import { useEffect, useMemo, useRef, useState } from 'react';
import { Link } from '../address/link.tsx';
import { go, pathOf } from '../address/route.ts';
import { client, type ImageText, type ImageView, type ReceiptDetail, type Schemas, take } from '../api/api.ts';
import { onImageEvent } from '../api/events.ts';
import { LoadFault } from '../api/load-fault.tsx';
import { useLoaded } from '../api/use-loaded.ts';
import { TEXTS } from '../texts.ts';
import { Checks } from './checks.tsx';
import { DeleteImage } from './delete-image.tsx';
import { useEditor } from './editor.ts';
import { type FieldContext, FieldRow, type Lighting } from './field-row.tsx';
import { History } from './history.tsx';
import { Items } from './items.tsx';
import { allFields, fieldsByWord, leastSure, type ReceiptDocument, summaryFields, wordKey } from './leaves.ts';
import { MerchantMatch } from './merchant-match.tsx';
import { Picture } from './picture.tsx';
import { nextWaiting, useReview } from './review.ts';
import { focusField, useReviewKeys } from './review-keys.ts';

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
  const [saved, setSaved] = useState<ReceiptDetail | null>(null);
  const [page, setPage] = useState(0);
  const [field, setField] = useState<string | null>(null);
  const [word, setWord] = useState<string | null>(null);
  const data = newest(receipt.data, saved);
  const document = data?.document ?? null;
  const review = useReview(data, setSaved);
  const editor = useEditor(review, words.data);
  const next = async () => {
    const waiting = data ? await nextWaiting(data).catch(() => null) : null;
    go(waiting ? pathOf({ page: 'receipt', ...waiting }) : '/review');
  };
  const approveAndNext = async () => {
    if ((await review.approve()) === 'saved') await next();
  };
  useReviewKeys({ undo: review.undo, next: () => void next(), approveAndNext: () => void approveAndNext() });
  const isDoubtful = data?.status === 'NEEDS_REVIEW';
  const firstToSee = isDoubtful && document ? leastSure(document) : null;
  const wasFocused = useRef(false);
  useEffect(() => {
    if (firstToSee === null || wasFocused.current) return;
    wasFocused.current = true;
    focusField(firstToSee);
  }, [firstToSee]);
  const byWord = useMemo(() => (document ? fieldsByWord(document) : new Map<string, string[]>()), [document]);
  const used = useMemo(() => new Set(byWord.keys()), [byWord]);
  const litFields = useMemo(() => new Set(word === null ? [] : (byWord.get(word) ?? [])), [byWord, word]);
  const litWords = useMemo(() => wordsOf(document, field), [document, field]);
  if (receipt.error?.status === 404) return <p className="empty">{text.gone}</p>;
  if (!data || !document)
    return receipt.error ? <LoadFault error={receipt.error} /> : <p className="empty" aria-busy="true" />;
  const lighting: Lighting = { lit: litFields, onField: setField };
  const context: FieldContext = { lighting, editor, review };
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
          <Picture
            imageId={imageId}
            text={words.data}
            page={page}
            lit={litWords}
            used={used}
            onWord={setWord}
            onChoose={editor.takeWord}
          />
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
          {review.fault ? (
            <p role="alert" className="bad">
              {review.fault}
            </p>
          ) : null}
          <div className="tools">
            <button type="button" className="primary" disabled={review.isSaving} onClick={() => void approveAndNext()}>
              {isDoubtful ? text.approveNext : text.approve}
            </button>
            <button type="button" disabled={!review.canUndo} onClick={review.undo}>
              {text.undo}
            </button>
          </div>
          <Fields document={document} context={context} />
          <Items document={document} context={context} />
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
          <History imageId={imageId} receiptId={receiptId} revision={data.revision} />
          <p className="dim keys">{text.keys}</p>
          <div className="tools">
            <ReadAgain imageId={imageId} />
            <DeleteImage imageId={imageId} />
          </div>
        </div>
      </div>
    </article>
  );
}

function Fields({ document, context }: { readonly document: ReceiptDocument; readonly context: FieldContext }) {
  const notPrinted = new Set<string>(document.not_printed ?? []);
  return (
    <section aria-labelledby="fields">
      <h2 id="fields">{text.fields}</h2>
      <dl>
        {summaryFields(document).map((field) => (
          <FieldRow
            key={field.path}
            field={field}
            context={context}
            missing={notPrinted.has(field.path) ? text.notPrinted : text.missing}
          />
        ))}
      </dl>
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
    <>
      <button type="button" onClick={ask} disabled={state === 'asked'}>
        {text.reprocess}
      </button>{' '}
      <span role="status">{state === 'idle' ? '' : state === 'asked' ? text.reprocessing : state}</span>
    </>
  );
}

/** What was saved here counts until a reading of the same or a later revision is there. */
function newest(loaded: ReceiptDetail | null, saved: ReceiptDetail | null): ReceiptDetail | null {
  return saved !== null && (loaded === null || saved.revision > loaded.revision) ? saved : loaded;
}

function wordsOf(document: ReceiptDocument | null, path: string | null): ReadonlySet<string> {
  const field = document && path !== null ? allFields(document).find((each) => each.path === path) : undefined;
  return new Set((field?.leaf?.words ?? []).map(([line, word]) => wordKey(line, word)));
}
