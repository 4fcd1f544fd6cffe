import { merchantIdOfKey, merchantIdOfReceipt, type Place } from '@slipstream/shared';
import { beforeEach, describe, expect, it } from 'vitest';
import { resolveMerchant } from '../../src/index.ts';
import { address, IMAGE, KnownMerchants, phone, sighting, tax, website } from './known-merchants.ts';

const TAX = tax('000750673920');
const PHONE = phone('+60340210276');
const MALL = address('10T 20 PLAZA DAMA1 50480');

let known: KnownMerchants;
beforeEach(() => {
  known = new KnownMerchants();
  for (const [i, name] of ['KEDAI BUKU SINAR', 'RESTORAN WAN SHENG', 'GREEN PHARMACY SDN BHD'].entries())
    known.add(`other-${i}`, name);
});

describe('exact keys', () => {
  it('with the name are a match, and nobody asks the index', async () => {
    known.add('acme', 'ACME FOODS SDN BHD', [TAX]);
    const { match, is_created, taken } = await resolveMerchant(
      sighting('ACME FOODS SDN BHD', [TAX, PHONE]),
      known.ports(),
    );
    expect(match).toMatchObject({ status: 'MATCHED', merchant_id: 'acme', tier: 'keys' });
    expect(match.evidence.join()).toMatch(/tax number 000750673920 is the same.*the name agrees/);
    expect(known.asked_index).toBe(0);
    expect(is_created).toBe(false);
    // A branch: its number becomes one of the merchant's.
    expect(taken).toEqual([PHONE]);
  });

  it('the name may be damaged, and printed on another row than the parser took', async () => {
    known.add('acme', 'ACME FOODS SDN BHD', [PHONE]);
    const head = ['TAX INVOICE', 'ACM3 FOODS SDM BHO', 'TEL 03-4021 0276'];
    const { match } = await resolveMerchant(sighting('TAX INVOICE', [PHONE], head), known.ports());
    expect(match).toMatchObject({ status: 'MATCHED', merchant_id: 'acme' });
  });

  it.each([
    ['the telephone of a mall', [phone('+60312345678')]],
    ['the address of a food court', [MALL]],
    ['the tax number of a payment provider', [TAX]],
    ["the website of a till's maker", [website('tills.example')]],
  ])('%s alone makes nobody the same shop', async (_, keys) => {
    known.add('acme', 'ACME FOODS SDN BHD', keys);
    const { match, merchant, taken } = await resolveMerchant(sighting('ZENITH BOOKS', [...keys, PHONE]), known.ports());
    expect(match).toMatchObject({ status: 'NEW', name: 'ZENITH BOOKS', tier: 'header' });
    expect(match.evidence.join()).toContain('is also that of "ACME FOODS SDN BHD"');
    expect(merchant?.merchant_id).toBe(merchantIdOfKey('phone', PHONE.value));
    expect(taken).toEqual([PHONE]);
  });

  it('two keys under another name are for a person to decide', async () => {
    known.add('acme', 'ACME FOODS SDN BHD', [TAX, PHONE]);
    const { match, merchant } = await resolveMerchant(sighting('ZENITH BOOKS', [TAX, PHONE]), known.ports());
    expect(match).toMatchObject({ status: 'UNSURE', merchant_id: null, candidates: [{ merchant_id: 'acme' }] });
    expect(merchant).toBeNull();
  });

  it('a merchant that was renamed is known by its old name', async () => {
    known.add('acme', 'The Good Kitchen', [PHONE], ['ACME FOODS SDN BHD']);
    const { match } = await resolveMerchant(sighting('ACME FOODS SDN BHD', [PHONE]), known.ports());
    expect(match).toMatchObject({ status: 'MATCHED', name: 'The Good Kitchen' });
  });

  it('keys of two merchants whose names both agree are for a person to decide', async () => {
    known.add('one', 'ACME FOODS SDN BHD', [PHONE]);
    known.add('two', 'ACME FOODS SDN BHD', [MALL]);
    const { match } = await resolveMerchant(sighting('ACME FOODS SDN BHD', [PHONE, MALL]), known.ports());
    expect(match).toMatchObject({ status: 'UNSURE' });
    expect(match.candidates.map(({ merchant_id }) => merchant_id).sort()).toEqual(['one', 'two']);
  });

  it('a sister company in the same house, with a tax number of its own, is another merchant', async () => {
    known.add('east', 'ACME TRADING (EAST) SDN BHD', [tax('000306020352'), MALL]);
    const { match } = await resolveMerchant(
      sighting('ACME TRADING (WEST) SDN BHD', [tax('001092886528'), MALL]),
      known.ports(),
    );
    expect(match.status).toBe('NEW');
  });

  it('a number that OCR damaged does not become a second one of the merchant', async () => {
    known.add('acme', 'ACME FOODS SDN BHD', [TAX, PHONE]);
    const { taken } = await resolveMerchant(
      sighting('ACME FOODS SDN BHD', [TAX, phone('+60340210279')]),
      known.ports(),
    );
    expect(taken).toEqual([]);
  });
});

describe('nearest rows', () => {
  it('with a distinctive word of the name are a match', async () => {
    known.add('acme', 'ACME FOODS SDN BHD');
    known.near('acme', 0.9);
    const { match } = await resolveMerchant(sighting('ACME F00DS SDN 8HD', []), known.ports());
    expect(match).toMatchObject({ status: 'MATCHED', merchant_id: 'acme', tier: 'rows' });
  });

  it('without the name are no match, however near', async () => {
    known.add('acme', 'ACME FOODS SDN BHD');
    known.near('acme', 0.95);
    const { match } = await resolveMerchant(sighting('ZENITH BOOKS', []), known.ports());
    expect(match).toMatchObject({ status: 'UNSURE', merchant_id: null });
    known.near('acme', 0.7);
    expect((await resolveMerchant(sighting('ZENITH BOOKS', []), known.ports())).match.status).toBe('NEW');
  });

  it('words that most merchants have in their names tell nothing', async () => {
    for (let i = 0; i < 40; i += 1) known.add(`r${i}`, `RESTORAN NUMBER${i} ENTERPRISE`);
    known.near('r7', 0.8);
    const { match } = await resolveMerchant(sighting('RESTORAN ALI ENTERPRISE', []), known.ports());
    expect(match.status).toBe('NEW');
  });

  it('part of the name with a telephone number that is nearly the same is a match', async () => {
    known.add('acme', 'ACME FOODS SDN BHD', [PHONE]);
    known.near('acme', 0.7);
    const { match } = await resolveMerchant(
      sighting('ACNE FOODX', [phone('+60340210270')], ['ACNE FOODX 5DN', 'TEL 03-4021 0270', 'X']),
      known.ports(),
    );
    expect(match).toMatchObject({ status: 'MATCHED', tier: 'rows' });
    expect(match.evidence.join()).toContain('nearly the same');
  });

  it('the rows of the receipt itself, read before, are no evidence', async () => {
    known.add('acme', 'ACME FOODS SDN BHD');
    known.near('acme', 1);
    known.hits = (known.hits ?? []).map((row) => row.map((hit) => ({ ...hit, image_id: IMAGE })));
    const { match } = await resolveMerchant(sighting('SOMETHING ELSE', []), known.ports());
    expect(match).toMatchObject({ status: 'NEW', candidates: [] });
  });

  it('of two merchants that cannot be told apart neither is taken', async () => {
    known.add('one', 'CORNER CAFE');
    known.add('two', 'CORNER CAFE');
    const { match } = await resolveMerchant(
      sighting('CORNER CAFE', []),
      known.ports({
        recent: [
          { merchant_id: 'one', name: 'CORNER CAFE' },
          { merchant_id: 'two', name: 'CORNER CAFE' },
        ],
      }),
    );
    expect(match).toMatchObject({ status: 'UNSURE' });
    expect(match.candidates).toHaveLength(2);
  });
});

describe('a directory', () => {
  const place = (changes: Partial<Place> = {}): Place => ({
    place_id: 'p',
    name: 'Acme Foods',
    address: null,
    phone: PHONE.value,
    website: 'https://acme.example/',
    ...changes,
  });

  it('names a new merchant better than its header, where the receipt says the same', async () => {
    const { match } = await resolveMerchant(
      sighting('ACME FOODS', [PHONE]),
      known.ports({ findPlace: async () => place() }),
    );
    expect(match).toMatchObject({ status: 'NEW', name: 'Acme Foods', tier: 'places' });
  });

  it('knows the website of a merchant whose new number nobody knows here', async () => {
    known.add('acme', 'ACME GROUP', [website('acme.example')]);
    const { match } = await resolveMerchant(
      sighting('ACME FOODS', [PHONE]),
      known.ports({ findPlace: async () => place() }),
    );
    expect(match).toMatchObject({ status: 'MATCHED', merchant_id: 'acme', tier: 'places' });
  });

  it.each([
    ['another number', place({ phone: '+60399999999' })],
    ['a name that is not on the receipt', place({ name: 'Plaza Damai Shopping Mall' })],
  ])('that answers with %s is not believed', async (_, answer) => {
    const { match } = await resolveMerchant(
      sighting('ACME FOODS', [PHONE]),
      known.ports({ findPlace: async () => answer }),
    );
    expect(match).toMatchObject({ status: 'NEW', name: 'ACME FOODS', tier: 'header' });
  });
});

describe('a new merchant', () => {
  it('has the id of its strongest key that is nobody’s', async () => {
    const { merchant, taken, is_created } = await resolveMerchant(sighting('ACME FOODS', [TAX, PHONE]), known.ports());
    expect(merchant).toEqual({ merchant_id: merchantIdOfKey('tax_id', TAX.value), name: 'ACME FOODS' });
    expect(taken).toEqual([TAX, PHONE]);
    expect(is_created).toBe(true);
  });

  it('without keys, and whose name is somebody else’s, has that of its receipt, also when that is read again', async () => {
    for (let i = 0; i < 30; i += 1) known.add(`shop-${i}`, 'SHOP');
    const { taken } = await resolveMerchant(sighting('SHOP', []), known.ports());
    known.add('shop', 'SHOP', taken);
    const id = merchantIdOfReceipt(IMAGE, '00001');
    expect((await resolveMerchant(sighting('SHOP', []), known.ports())).merchant?.merchant_id).toBe(id);
    known.add(id, 'SHOP');
    const again = await resolveMerchant(sighting('SHOP', []), known.ports());
    expect(again).toMatchObject({ is_created: false, merchant: { merchant_id: id } });
  });

  it('is not made where no name was read', async () => {
    const { match, merchant } = await resolveMerchant(sighting(null, [PHONE]), known.ports());
    expect(match).toMatchObject({ status: 'UNSURE', tier: 'none' });
    expect(merchant).toBeNull();
  });

  it('is found without an index too', async () => {
    const { match } = await resolveMerchant(sighting('ACME FOODS', [PHONE]), known.ports({ nearestRows: null }));
    expect(match.status).toBe('NEW');
  });
});
