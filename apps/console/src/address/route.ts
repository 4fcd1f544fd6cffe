import { useSyncExternalStore } from 'react';

/** What the address says: the page and what it shows. */
export type Route =
  | { readonly page: 'inbox' | 'receipts' | 'review' | 'sums' | 'pipeline' }
  | { readonly page: 'receipt'; readonly imageId: string; readonly receiptId: string };

/** Whose path is their name; none is a path of the API, which is asked at the same address. */
const PLAIN = ['review', 'sums', 'pipeline'] as const;

export function routeOf(path: string): Route {
  const receipt = /^\/r\/([0-9a-f-]{36})\/(\d{1,5})$/.exec(path);
  if (receipt) return { page: 'receipt', imageId: receipt[1] ?? '', receiptId: receipt[2] ?? '' };
  const page = path.slice(1);
  if (page === 'find') return { page: 'receipts' };
  const plain = PLAIN.find((each) => each === page);
  return { page: plain ?? 'inbox' };
}

export function pathOf(route: Route): string {
  switch (route.page) {
    case 'inbox':
      return '/';
    case 'receipts':
      return '/find';
    case 'receipt':
      return `/r/${route.imageId}/${Number(route.receiptId)}`;
    default:
      return `/${route.page}`;
  }
}

const CHANGED = 'slipstream-route';

export function go(path: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(null, '', path);
  else history.replaceState(null, '', path);
  dispatchEvent(new Event(CHANGED));
}

/** The address, path and query; follows the browser's own buttons. */
export function useAddress(): URL {
  const href = useSyncExternalStore(
    (notify) => {
      addEventListener('popstate', notify);
      addEventListener(CHANGED, notify);
      return () => {
        removeEventListener('popstate', notify);
        removeEventListener(CHANGED, notify);
      };
    },
    () => location.href,
  );
  return new URL(href);
}
