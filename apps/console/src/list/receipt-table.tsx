import { Link } from '../address/link.tsx';
import { pathOf } from '../address/route.ts';
import type { ReceiptSummary } from '../api/api.ts';
import { amountOf, dayOf } from '../format/amounts.ts';
import { TEXTS } from '../texts.ts';

const text = TEXTS.list;

const receiptPath = ({ image_id, receipt_id }: ReceiptSummary) =>
  pathOf({ page: 'receipt', imageId: image_id, receiptId: receipt_id });

export function ReceiptTable({ receipts }: { readonly receipts: readonly ReceiptSummary[] }) {
  return (
    <table className="receipts">
      <thead>
        <tr>
          <th scope="col">{text.columns.merchant}</th>
          <th scope="col">{text.columns.date}</th>
          <th scope="col" className="number">
            {text.columns.total}
          </th>
          <th scope="col">{text.columns.state}</th>
          <th scope="col" className="wide">
            {text.columns.file}
          </th>
        </tr>
      </thead>
      <tbody>
        {receipts.map((receipt) => (
          <tr key={`${receipt.image_id}/${receipt.receipt_id}`}>
            <td>
              <Link href={receiptPath(receipt)}>{receipt.merchant_name ?? <em>{text.noMerchant}</em>}</Link>
            </td>
            <td>{receipt.date ? dayOf(receipt.date) : <em className="dim">{text.noDate}</em>}</td>
            <td className="number">{amountOf(receipt) ?? <em className="dim">{text.noTotal}</em>}</td>
            <td>
              <span className={`state ${receipt.status}`} title={receipt.reason?.message}>
                {text.status[receipt.status]}
              </span>
            </td>
            <td className="wide dim file">{receipt.file_name}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The receipts' pictures, small; each with what was read below it. */
export function ContactSheet({ receipts }: { readonly receipts: readonly ReceiptSummary[] }) {
  return (
    <ul className="sheet">
      {receipts.map((receipt) => (
        <li key={`${receipt.image_id}/${receipt.receipt_id}`}>
          <Link href={receiptPath(receipt)}>
            <img
              src={`/images/${receipt.image_id}/pages/0?size=thumb`}
              alt=""
              loading="lazy"
              decoding="async"
              width={160}
              height={200}
            />
            <span className="merchant">{receipt.merchant_name ?? text.noMerchant}</span>
            <span className="dim">
              {amountOf(receipt) ?? text.noTotal}
              {receipt.date ? ` · ${dayOf(receipt.date)}` : ''}
            </span>
            <span className={`state ${receipt.status}`}>{text.status[receipt.status]}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
