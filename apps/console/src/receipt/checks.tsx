import { decimalOf } from '../format/amounts.ts';
import { TEXTS } from '../texts.ts';
import type { ReceiptDocument } from './leaves.ts';

const text = TEXTS.receipt;

/** Each sum spelled out: what it adds up to, and what is printed. */
export function Checks({ checks }: { readonly checks: ReceiptDocument['checks'] }) {
  if (checks.length === 0) return <p className="dim">{text.noChecks}</p>;
  return (
    <ul className="checks">
      {checks.map(({ id, ok, expected, actual }) => (
        <li key={id} className={ok ? 'ok' : 'bad'}>
          <span aria-hidden="true">{ok ? '✓' : '✗'}</span> {id.replaceAll('_', ' ')}
          {expected !== null && actual !== null ? (
            <span className="dim">
              {' '}
              {text.expected} {figure(expected)}, {text.printed} {figure(actual)}
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

const figure = (value: string) => (/^-?\d+(\.\d+)?$/.test(value) ? decimalOf(value) : value);
