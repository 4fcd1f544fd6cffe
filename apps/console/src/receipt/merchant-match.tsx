import { TEXTS } from '../texts.ts';
import type { ReceiptDocument } from './leaves.ts';

const text = TEXTS.receipt;

/** Whom the receipt is from, and why it is thought so. */
export function MerchantMatch({ match }: { readonly match: NonNullable<ReceiptDocument['merchant_match']> }) {
  return (
    <section aria-labelledby="match">
      <h2 id="match">{text.merchant}</h2>
      {match.name ? (
        <p>
          <strong>{match.name}</strong> <span className="dim">{Math.round(match.confidence * 100)} %</span>
        </p>
      ) : null}
      <ul className="evidence">
        {match.evidence.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      {match.status === 'UNSURE' && match.candidates.length > 0 ? (
        <>
          <p>{text.candidates}</p>
          <ol>
            {match.candidates.map(({ merchant_id, name, confidence }) => (
              <li key={merchant_id}>
                {name} <span className="dim">{Math.round(confidence * 100)} %</span>
              </li>
            ))}
          </ol>
        </>
      ) : null}
    </section>
  );
}
