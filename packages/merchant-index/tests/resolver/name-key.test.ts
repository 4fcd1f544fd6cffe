import { merchantIdOfKey } from '@slipstream/shared';
import { expect, it } from 'vitest';
import { resolveMerchant } from '../../src/index.ts';
import { KnownMerchants, phone, sighting } from './known-merchants.ts';

const NAME = { kind: 'name', value: 'C0RNER BAKERY' } as const;

it('makes a merchant that has no other key by its name, so that whoever makes it too makes the same', async () => {
  const { match, taken } = await resolveMerchant(sighting('Corner Bakery', []), new KnownMerchants().ports());
  expect(match.status).toBe('NEW');
  expect(taken).toHaveLength(1);
  expect(match.merchant_id).toBe(merchantIdOfKey('name', taken[0]?.value ?? ''));
});

it('finds it again by its name, and nobody asks the index', async () => {
  const { taken } = await resolveMerchant(sighting('Corner Bakery', []), new KnownMerchants().ports());
  const known = new KnownMerchants();
  known.add('bakery', 'Corner Bakery', taken);
  const { match } = await resolveMerchant(sighting('CORNER BAKERY', []), known.ports());
  expect(match).toMatchObject({ status: 'MATCHED', merchant_id: 'bakery', tier: 'name' });
  expect(known.asked_index).toBe(0);
});

it('leaves a receipt with a key of its own to the index: shops of one name are told apart by their keys', async () => {
  const known = new KnownMerchants();
  known.add('bakery', 'Corner Bakery', [NAME]);
  await resolveMerchant(sighting('Corner Bakery', [phone('+442079460000')]), known.ports());
  expect(known.asked_index).toBeGreaterThan(0);
});

it('a name that says nothing decides nothing', async () => {
  const known = new KnownMerchants();
  for (let i = 0; i < 30; i += 1) known.add(`shop-${i}`, 'SHOP');
  const { taken } = await resolveMerchant(sighting('SHOP', []), known.ports());
  known.add('shop', 'SHOP', taken);
  const { match } = await resolveMerchant(sighting('SHOP', []), known.ports());
  expect(match.status).not.toBe('MATCHED');
});
