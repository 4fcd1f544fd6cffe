import { client, type Schemas, take } from '../api/api.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { TEXTS } from '../texts.ts';

const text = TEXTS.receipt;
const SHOWN_MAX = 100;

/** Who changed what; loaded again with each revision. */
export function History(props: { readonly imageId: string; readonly receiptId: string; readonly revision: number }) {
  const { imageId, receiptId, revision } = props;
  const path = { image_id: imageId, receipt_id: receiptId };
  const history = useLoaded(`history ${imageId} ${receiptId} ${revision}`, (signal) =>
    take<Schemas['Changes']>(
      client.GET('/receipts/{image_id}/{receipt_id}/history', {
        params: { path, query: { limit: SHOWN_MAX } },
        signal,
      }),
    ),
  );
  const changes = history.data?.changes ?? [];
  return (
    <section aria-labelledby="history">
      <h2 id="history">{text.history}</h2>
      {history.data && changes.length === 0 ? <p className="dim">{text.noHistory}</p> : null}
      <ol className="history">
        {changes.map((change) => (
          <li key={change.revision}>
            <span className="dim">
              {new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(
                new Date(change.changed_at),
              )}
            </span>
            <ul>
              {change.changes.map(({ field, before, after }) => (
                <li key={field}>
                  {field}: {valueText(before)} → {valueText(after)}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  );
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return text.nothing;
  return typeof value === 'string' ? value : Object.values(value).map(String).join(' ');
}
