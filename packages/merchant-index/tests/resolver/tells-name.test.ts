import { tellsName } from '@slipstream/shared';
import { describe, expect, it } from 'vitest';
import { resolveMerchant } from '../../src/index.ts';
import { KnownMerchants, phone, sighting, tax } from './known-merchants.ts';

const JUNK = [
  'CASH |',
  'Company',
  'G57 ID. NO :',
  'TAX INVOICE',
  'TAX 1NV0ICE',
  'Receipt',
  'RECElPT No. 000123',
  'Co. Reg No: 12345-X',
  'GST ID: 000750673920',
  'THANK YOU',
  'Customer Copy',
  'Date: 14/03/2018',
  'VISA DEBIT',
  'Rechnung',
  'KASSENBON Nr. 12',
  'FACTURA SIMPLIFICADA',
  'Ticket de caisse'.replace(' de', ''),
  'Scontrino',
  'TERIMA KASIH',
  'PARAGON FISKALNY',
  '領収書',
  '收据',
  '영수증',
  'A |',
  '| . -',
  '12345',
  '',
];
const NAMES = [
  'THE CORNER CAFE LTD',
  'Cash & Carry Depot',
  'CASH CONVERTERS',
  '7-ELEVEN',
  '99 Speed Mart',
  'Netto',
  'H&M',
  'C&A',
  'Company of Cooks',
  'Ticketmaster',
  'KEDAI BUKU SINAR',
  'Bäckerei Müller',
  'すし屋',
  '麦当劳',
  '스타벅스',
  'Пятёрочка',
];

describe('a name', () => {
  it.each(JUNK)('"%s" is none that tells merchants apart', (name) => {
    expect(tellsName(name)).toBe(false);
  });

  it.each(NAMES)('"%s" is one', (name) => {
    expect(tellsName(name)).toBe(true);
  });
});

describe('a word that receipts print beside names', () => {
  it.each(JUNK)('"%s" makes no merchant, with keys or without', async (name) => {
    for (const keys of [[], [phone('+60340210276')]]) {
      const { match, merchant, taken } = await resolveMerchant(sighting(name, keys), new KnownMerchants().ports());
      expect(match).toMatchObject({ status: 'UNSURE', merchant_id: null });
      expect(merchant).toBeNull();
      expect(taken).toEqual([]);
    }
  });

  it.each(JUNK.slice(0, 12))('"%s", once made a merchant, matches no other receipt that prints it', async (name) => {
    const known = new KnownMerchants();
    known.add('junk', name);
    known.near('junk', 0.95);
    const head = [name, 'ZENITH BOOKS', 'TAX INVOICE', 'CASH'];
    for (const own of [name, 'ZENITH BOOKS']) {
      const { match } = await resolveMerchant(sighting(own, [], head), known.ports());
      expect(match.merchant_id).not.toBe('junk');
    }
  });

  it('does not make two names alike', async () => {
    const known = new KnownMerchants();
    known.add('cash', 'CASH SALES HARDWARE');
    known.near('cash', 0.6);
    const head = ['CASH SALES', 'ZENITH BOOKS', '12 High Street'];
    const { match } = await resolveMerchant(sighting('ZENITH BOOKS', [], head), known.ports());
    expect(match.merchant_id).not.toBe('cash');
  });

  it('leaves a merchant of such a name to be found by its keys', async () => {
    const known = new KnownMerchants();
    known.add('junk', 'CASH |', [tax('000750673920'), phone('+60340210276')]);
    const keys = [tax('000750673920'), phone('+60340210276')];
    const { match } = await resolveMerchant(sighting('ZENITH BOOKS', keys), known.ports());
    expect(match).toMatchObject({ status: 'MATCHED', merchant_id: 'junk', tier: 'keys' });
    expect(match.evidence.join()).toContain('is no name that tells merchants apart');
  });

  it('gives way to the other names of a merchant', async () => {
    const known = new KnownMerchants();
    known.add('acme', 'CASH |', [phone('+60340210276')], ['ACME FOODS SDN BHD']);
    const { match } = await resolveMerchant(sighting('ACME FOODS SDN BHD', [phone('+60340210276')]), known.ports());
    expect(match).toMatchObject({ status: 'MATCHED', merchant_id: 'acme' });
  });
});
