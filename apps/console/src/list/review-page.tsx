import { client, type Schemas, take } from '../api/api.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { TEXTS } from '../texts.ts';
import { ReceiptTable } from './receipt-table.tsx';
import { useReceipts } from './use-receipts.ts';

const text = TEXTS.review;
const LISTED_MAX = 50;

/** All that waits for a person: doubtful receipts, pictures without one, files that could not be read. */
export function ReviewPage() {
  const receipts = useReceipts({ status: 'NEEDS_REVIEW' });
  const images = useLoaded('without', (signal) =>
    take<Schemas['Images']>(
      client.GET('/images', { params: { query: { status: 'NO_RECEIPT', limit: LISTED_MAX } }, signal }),
    ),
  );
  const failures = useLoaded('failures', (signal) =>
    take<Schemas['Failures']>(client.GET('/failures', { params: { query: { limit: LISTED_MAX } }, signal })),
  );
  const without = images.data?.images ?? [];
  const failed = failures.data?.failures ?? [];
  const isDone = receipts.data?.length === 0 && images.data !== null && without.length + failed.length === 0;
  return (
    <>
      <h1>{text.title}</h1>
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
        </section>
      ) : null}
    </>
  );
}
