import { describe, expect, it } from 'vitest';
import { pathOf, routeOf } from '../src/address/route.ts';
import { queryOf } from '../src/list/receipts-page.tsx';

const ID = '7aee1585-a82d-57fe-b9e6-9ef48824255f';

describe('the address', () => {
  it.each(['/', '/find', '/review', '/sums', '/pipeline', `/r/${ID}/3`])(
    '%s is a page, and the page’s address',
    (path) => {
      expect(pathOf(routeOf(path))).toBe(path);
    },
  );

  it.each(['/nothing', '/r/x/1', `/r/${ID}`, `/r/${ID}/x`])('%s is the inbox', (path) => {
    expect(routeOf(path)).toEqual({ page: 'inbox' });
  });

  it('asks only what can be asked', () => {
    const asked = (query: string) => queryOf(new URLSearchParams(query));
    expect(asked('status=VALID&from=2026-01-02&to=2026-02-03')).toEqual({
      status: 'VALID',
      from: '2026-01-02',
      to: '2026-02-03',
    });
    expect(asked('status=<script>&from=yesterday&to=')).toEqual({});
  });
});

describe('a question to the catalogue', () => {
  it('is words, a merchant, amounts and an order, each only as the API takes it', () => {
    const asked = (query: string) => queryOf(new URLSearchParams(query));
    expect(asked('q=oat+latte&merchant=cafe&min=10.50&max=-3&currency=EUR&sort=-total')).toEqual({
      q: 'oat latte',
      merchant: 'cafe',
      min: '10.50',
      max: '-3',
      currency: 'EUR',
      sort: '-total',
    });
    expect(asked('q=++&min=ten&max=1e30&currency=euro&sort=random')).toEqual({});
    expect(asked(`q=${'a'.repeat(500)}`).q).toHaveLength(200);
  });
});
