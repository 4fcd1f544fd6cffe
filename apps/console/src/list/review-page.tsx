import { client, type Schemas, take } from '../api/api.ts';
import { firstRows } from '../api/first-rows.ts';
import { LoadFault } from '../api/load-fault.tsx';
import { useLoaded } from '../api/use-loaded.ts';
import { TEXTS } from '../texts.ts';
import { ReceiptTable } from './receipt-table.tsx';
import { useReceipts } from './use-receipts.ts';

const text = TEXTS.review;
const LISTED_MAX = 50;
const FAULT_KEYS = ['receipts', 'images', 'failures'];

/** All that waits for a person: doubtful receipts, pictures without one, files that could not be read. */
export function ReviewPage() {
  const receipts = useReceipts({ status: 'NEEDS_REVIEW' });
  const images = useLoaded('without', (signal) =>
    firstRows(LISTED_MAX, async (cursor) => {
      const query = { status: 'NO_RECEIPT', limit: LISTED_MAX, ...(cursor ? { cursor } : {}) } as const;
      const page = await take<Schemas['Images']>(client.GET('/images', { params: { query }, signal }));
      return { rows: page.images, cursor: page.cursor };
    }),
  );
  const failures = useLoaded('failures', (signal) =>
    firstRows(LISTED_MAX, async (cursor) => {
      const query = { limit: LISTED_MAX, ...(cursor ? { cursor } : {}) };
      const page = await take<Schemas['Failures']>(client.GET('/failures', { params: { query }, signal }));
      return { rows: page.failures, cursor: page.cursor };
    }),
  );
  const without = images.data?.rows ?? [];
  const failed = failures.data?.rows ?? [];
  const isLoaded = receipts.data !== null && images.data !== null && failures.data !== null;
  const isDone = isLoaded && receipts.data?.length === 0 && without.length + failed.length === 0;
  return (
    <>
      <h1>{text.title}</h1>
      {[receipts, images, failures].map(({ error }, index) => (
        <LoadFault key={FAULT_KEYS[index]} error={error} />
      ))}
      {isDone ? <p className="empty">{text.done}</p> : null}
      {receipts.data && receipts.data.length > 0 ? (
        <section aria-labelledby="doubtful">
          <h2 id="doubtful">{text.receipts}</h2>
          <ReceiptTable receipts={receipts.data} />
          {receipts.more ? (
            <button type="button" onClick={receipts.more}>
              {TEXTS.list.more}
            </button>
          ) : null}
        </section>
      ) : null}
      {without.length > 0 ? (
        <section aria-labelledby="without">
          <h2 id="without">{text.images}</h2>
          <ul className="sheet">
            {without.map(({ image_id, file_name }) => (
              <li key={image_id}>
                <a href={`/images/${image_id}/original`}>
                  <img src={`/images/${image_id}/pages/0?size=thumb`} alt="" loading="lazy" width={160} height={200} />
                  <span>{file_name ?? image_id}</span>
                </a>
              </li>
            ))}
          </ul>
          {images.data?.hasMore ? <p className="dim">{text.moreImages}</p> : null}
        </section>
      ) : null}
      {failed.length > 0 ? (
        <section aria-labelledby="failed">
          <h2 id="failed">{text.failures}</h2>
          <ul className="failures">
            {failed.map(({ image_id, file_name, reason }) => (
              <li key={image_id}>
                <span className="name">{file_name ?? image_id}</span>
                <span>{reason.message}</span>
              </li>
            ))}
          </ul>
          {failures.data?.hasMore ? <p className="dim">{text.moreFailures}</p> : null}
        </section>
      ) : null}
    </>
  );
}
