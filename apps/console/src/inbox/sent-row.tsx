import { Link } from '../address/link.tsx';
import { pathOf } from '../address/route.ts';
import type { ImageView } from '../api/api.ts';
import { amountOf } from '../format/amounts.ts';
import { TEXTS } from '../texts.ts';
import { outbox, type Sent } from './outbox.ts';

const text = TEXTS.inbox;

/** One file that was sent from here: how far it is, what came of it, and what to do. */
export function SentRow({ sent: { key, name, state } }: { readonly sent: Sent }) {
  return (
    <li>
      <span className="name">{name}</span>
      {state.kind === 'waiting' ? <span className="dim">{text.states.waiting}</span> : null}
      {state.kind === 'sending' ? (
        <progress max={1} value={state.share} aria-label={`${name}: ${text.states.sending}`} />
      ) : null}
      {state.kind === 'refused' ? (
        <span className="bad">
          {text.states.refused}: {state.message}
        </span>
      ) : null}
      {state.kind === 'interrupted' ? (
        <span className="bad">
          {text.states.interrupted}{' '}
          <button type="button" onClick={() => outbox.again(key)}>
            {text.again}
          </button>
        </span>
      ) : null}
      {state.kind === 'sent' ? <Outcome image={state.image} known={!state.created} /> : null}
    </li>
  );
}

function Outcome({ image, known }: { readonly image: ImageView | null; readonly known: boolean }) {
  if (!image) return <span className="dim">{text.states.PENDING}</span>;
  const { outcome, job, receipts } = image;
  return (
    <span>
      {outcome === 'RECEIPTS'
        ? receipts.map((receipt) => (
            <span key={receipt.receipt_id} className="found">
              <Link href={pathOf({ page: 'receipt', imageId: receipt.image_id, receiptId: receipt.receipt_id })}>
                {receipt.merchant_name ?? TEXTS.list.noMerchant}, {amountOf(receipt) ?? TEXTS.list.noTotal}
              </Link>
              <span className={`state ${receipt.status}`}>{TEXTS.list.status[receipt.status]}</span>
            </span>
          ))
        : null}
      {outcome === null && job.status !== 'COMPLETED' && job.status !== 'FAILED' ? (
        <span className="dim">{text.states[job.status]}</span>
      ) : null}
      {outcome === 'NO_RECEIPT' ? <span className="warn">{text.states.NO_RECEIPT}</span> : null}
      {outcome === 'FAILED' ? (
        <span className="bad">
          {text.states.FAILED}: {job.reason?.message}
        </span>
      ) : null}
      {(job.photo_hints ?? []).map(({ code, message }) => (
        <span key={code} className="hint">
          {message}
        </span>
      ))}
      {known ? <span className="dim"> ({text.known})</span> : null}
    </span>
  );
}
