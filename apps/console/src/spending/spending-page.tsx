import { Link } from '../address/link.tsx';
import { go } from '../address/route.ts';
import { client, type Schemas, take } from '../api/api.ts';
import { LoadFault } from '../api/load-fault.tsx';
import { useLoaded } from '../api/use-loaded.ts';
import { decimalOf } from '../format/amounts.ts';
import { TEXTS } from '../texts.ts';

const text = TEXTS.spending;
const GROUPS = ['month', 'merchant', 'tax'] as const;
type Group = (typeof GROUPS)[number];
type Row = Schemas['Spending']['rows'][number];
const ROWS_MAX = 200;

/** What was spent, one currency at a time; a bar leads to its receipts. */
export function SpendingPage({ query }: { readonly query: URLSearchParams }) {
  const by = GROUPS.find((each) => each === query.get('by')) ?? 'month';
  const currencies = useLoaded('currencies', (signal) => spending('currency', null, signal));
  const known = (currencies.data?.rows ?? []).flatMap(({ currency }) => currency ?? []);
  const currency = known.find((each) => each === query.get('currency')) ?? known[0] ?? null;
  const sums = useLoaded(`sums ${by} ${currency}`, (signal) => spending(by, currency, signal));
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(query);
    next.set(name, value);
    go(`/sums?${next}`, 'replace');
  };
  const rows = currency === null ? [] : (sums.data?.rows ?? []);
  const without = sums.data?.without_amount ?? 0;
  const error = currencies.error ?? sums.error;
  return (
    <>
      <h1>{text.title}</h1>
      <div className="filters">
        <label>
          {text.by}
          <select value={by} onChange={(event) => set('by', event.target.value)}>
            {GROUPS.map((each) => (
              <option key={each} value={each}>
                {text.groups[each]}
              </option>
            ))}
          </select>
        </label>
        {currency === null ? null : (
          <label>
            {text.currency}
            <select value={currency} onChange={(event) => set('currency', event.target.value)}>
              {known.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          </label>
        )}
      </div>
      <LoadFault error={error} />
      {currencies.data && known.length === 0 ? <p className="empty">{text.none}</p> : null}
      {rows.length > 0 ? <Bars rows={rows} by={by} currency={currency ?? ''} /> : null}
      {without > 0 ? (
        <p className="dim">
          {without} {text.without}
        </p>
      ) : null}
    </>
  );
}

function spending(by: Group | 'currency', currency: string | null, signal: AbortSignal): Promise<Schemas['Spending']> {
  const query = { by, limit: ROWS_MAX, ...(currency === null ? {} : { currency }) };
  return take<Schemas['Spending']>(client.GET('/spending', { params: { query }, signal }));
}

/** A table whose amounts are bars, too: nothing is said by length alone. */
function Bars({
  rows,
  by,
  currency,
}: {
  readonly rows: readonly Row[];
  readonly by: Group;
  readonly currency: string;
}) {
  const highest = Math.max(...rows.map(({ amount }) => Math.abs(Number(amount))), 0);
  return (
    <table className="bars">
      <thead>
        <tr>
          <th scope="col">{text.groups[by]}</th>
          <th scope="col" className="wide">
            <span className="visually-hidden">{text.amount}</span>
          </th>
          <th scope="col" className="number">
            {text.amount} {currency}
          </th>
          <th scope="col" className="number">
            {text.receipts}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <td>
              <RowName row={row} by={by} currency={currency} />
            </td>
            <td className="wide bar" aria-hidden="true">
              <span style={{ width: `${highest === 0 ? 0 : (Math.abs(Number(row.amount)) / highest) * 100}%` }} />
            </td>
            <td className="number">{decimalOf(row.amount)}</td>
            <td className="number">{row.receipts}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Leads down to the receipts, where a list can ask for them. */
function RowName({ row, by, currency }: { readonly row: Row; readonly by: Group; readonly currency: string }) {
  const name = row.label ?? row.key ?? text.unknown;
  const query = questionOf(row, by);
  if (query === null) return name;
  return <Link href={`/find?${new URLSearchParams({ ...query, currency })}`}>{name}</Link>;
}

function questionOf({ key }: Row, by: Group): Record<string, string> | null {
  if (key === null || by === 'tax') return null;
  if (by === 'merchant') return { merchant: key };
  const [year = 0, month = 1] = key.split('-').map(Number);
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { from: `${key}-01`, to: `${key}-${String(last).padStart(2, '0')}` };
}
