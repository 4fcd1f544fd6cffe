import { useEffect } from 'react';
import { Link } from '../address/link.tsx';
import { type Route, routeOf, useAddress } from '../address/route.ts';
import { client, type ReceiptRows, take } from '../api/api.ts';
import { onImageEvent } from '../api/events.ts';
import { useLoaded } from '../api/use-loaded.ts';
import { InboxPage } from '../inbox/inbox-page.tsx';
import { loadReceipts } from '../list/load-receipts.ts';
import { ReceiptsPage } from '../list/receipts-page.tsx';
import { ReviewPage } from '../list/review-page.tsx';
import { PipelinePage } from '../pipeline/pipeline-page.tsx';
import { ReceiptPage } from '../receipt/receipt-page.tsx';
import { SpendingPage } from '../spending/spending-page.tsx';
import { TEXTS } from '../texts.ts';

const PAGES = [
  ['inbox', '/', TEXTS.nav.inbox],
  ['receipts', '/find', TEXTS.nav.receipts],
  ['review', '/review', TEXTS.nav.review],
  ['sums', '/sums', TEXTS.nav.spending],
  ['pipeline', '/pipeline', TEXTS.nav.pipeline],
] as const;

export function Shell() {
  const address = useAddress();
  const route = routeOf(address.pathname);
  // GET /health answers everyone; the lists say whether this browser is signed in.
  const access = useLoaded('access', (signal) =>
    take<ReceiptRows>(client.GET('/receipts', { params: { query: { limit: 1 } }, signal })),
  );
  const waiting = useLoaded('waiting', waitingCount);
  const { reload } = waiting;
  const signedOut = access.error?.status === 401;
  useEffect(() => (signedOut ? undefined : onImageEvent(reload)), [signedOut, reload]);
  const active = route.page === 'receipt' ? 'receipts' : route.page;
  return (
    <div className="shell">
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <nav aria-label="Pages">
        <span className="brand" aria-hidden="true">
          Slipstream
        </span>
        {PAGES.map(([page, href, label]) => (
          <Link key={page} href={href} aria-current={active === page ? 'page' : undefined}>
            {label}
            {page === 'review' && waiting.data ? <span className="count">{waiting.data}</span> : null}
          </Link>
        ))}
      </nav>
      <main id="main" tabIndex={-1}>
        {signedOut ? <SignedOut /> : <Page route={route} address={address} />}
        {access.error?.status === 0 ? (
          <p role="alert" className="banner">
            {TEXTS.offline}
          </p>
        ) : null}
      </main>
    </div>
  );
}

function Page({ route, address }: { readonly route: Route; readonly address: URL }) {
  switch (route.page) {
    case 'inbox':
      return <InboxPage />;
    case 'receipts':
      return <ReceiptsPage query={address.searchParams} />;
    case 'review':
      return <ReviewPage />;
    case 'sums':
      return <SpendingPage query={address.searchParams} />;
    case 'pipeline':
      return <PipelinePage />;
    case 'receipt':
      return (
        <ReceiptPage key={`${route.imageId}/${route.receiptId}`} imageId={route.imageId} receiptId={route.receiptId} />
      );
  }
}

/** At most this many are counted; "50" then stands for more. */
const COUNTED_MAX = 50;

async function waitingCount(signal: AbortSignal): Promise<string | null> {
  const { rows, hasMore } = await loadReceipts({ status: 'NEEDS_REVIEW' }, COUNTED_MAX, signal);
  if (rows.length === 0) return null;
  return hasMore ? `${rows.length}+` : String(rows.length);
}

function SignedOut() {
  const { title, text, command } = TEXTS.signedOut;
  return (
    <section className="notice">
      <h1>{title}</h1>
      <p>{text}</p>
      <pre>{command}</pre>
    </section>
  );
}
