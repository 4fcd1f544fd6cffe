import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, launch } from './browser.ts';
import { type DevServer, SAMPLES, startDevServer } from './dev-server.ts';

const PICTURES = join(import.meta.dirname, '../../screenshots');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const READ_MS_MAX = 120_000;

const path = chromiumPath();
if (path === null)
  console.log('SKIPPED the page in a browser: no Chromium (apt-get install chromium, or set CHROMIUM)');

describe.skipIf(path === null)('the page', { timeout: READ_MS_MAX }, () => {
  let server: DevServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    [server, browser] = await Promise.all([startDevServer(), launch(path ?? '')]);
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
    page = await context.newPage();
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      // A request that is refused or unanswered is an error of the console's, and part of these tests.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        faults.push(message.text());
    });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const picture = (name: string) => page.screenshot({ path: join(PICTURES, `${name}.png`) });
  const upload = (...names: string[]) =>
    page.locator('input[type=file][multiple]').setInputFiles(names.map((name) => join(SAMPLES, name)));
  const sentRow = (name: string) => page.locator('.sent li', { hasText: name });

  /** What axe finds wrong, by rule and element. */
  async function accessibilityFaults(): Promise<string[]> {
    // By the debugger: the page's own policy lets no foreign script in.
    await page.evaluate(AXE);
    return page.evaluate(async () => {
      const axe = (
        globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        }
      ).axe;
      const { violations } = await axe.run();
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
    });
  }

  it('tells a browser without a session how to get one, and shows it nothing', async () => {
    const stranger = await browser.newContext();
    const other = await stranger.newPage();
    await other.goto(`${server.url}/review`);
    await other.getByText('slipstream open').waitFor();
    expect(await other.locator('table').count()).toBe(0);
    await stranger.close();
  });

  it('opens by the printed address, once', async () => {
    await page.goto(server.browserUrl);
    await page.getByText('Drop photographs or PDFs here').waitFor();
    expect(page.url()).toBe(`${server.url}/`);
    expect(await accessibilityFaults()).toEqual([]);
    const second = await browser.newContext();
    const other = await second.newPage();
    await other.goto(server.browserUrl);
    await other.getByText('slipstream open').waitFor();
    await second.close();
    // With a session it is an address like any other.
    await page.goto(server.browserUrl);
    await page.getByText('Drop photographs or PDFs here').waitFor();
  });

  it('sends photographs, and shows what becomes of each as it happens', async () => {
    await upload('us-diner.jpg', 'french-cafe-wrong-sum.jpg', 'letter-no-receipt.jpg');
    await sentRow('us-diner.jpg').getByText('checked').waitFor({ timeout: READ_MS_MAX });
    await sentRow('french-cafe-wrong-sum.jpg').getByText('needs review').waitFor({ timeout: READ_MS_MAX });
    await sentRow('letter-no-receipt.jpg').getByText('no receipt was found on it').waitFor({ timeout: READ_MS_MAX });
    expect(await sentRow('us-diner.jpg').innerText()).toMatch(/BLUE LANTERN DINER.*67\.64 USD/s);
    await page.locator('.receipts').getByText('BLUE LANTERN DINER').waitFor();
    await picture('inbox');
  });

  it('says that the same photograph was here already, and why another file is not taken', async () => {
    await upload('us-diner.jpg');
    await sentRow('us-diner.jpg').first().getByText('was here already').waitFor();
    await page
      .locator('input[type=file][multiple]')
      .setInputFiles({ name: 'empty.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) });
    await sentRow('empty.jpg').getByText('was not taken').waitFor();
  });

  it('shows a receipt beside its picture: a field lights its words, a word its field', async () => {
    await page.goto(`${server.url}/find`);
    await page.getByRole('link', { name: 'BLUE LANTERN DINER' }).click();
    await page.locator('.paper polygon').first().waitFor();
    const total = page.locator('[data-field="total"]');
    expect(await total.innerText()).toContain('67.64');
    await total.hover();
    const lit = page.locator('polygon.lit');
    expect(await lit.count()).toBeGreaterThan(0);
    await picture('receipt');
    await lit.first().hover({ force: true });
    await page.locator('[data-field="total"].lit').waitFor();
    // The whole picture is in its frame.
    const [frame, paper] = await Promise.all([
      page.locator('.frame').boundingBox(),
      page.locator('.paper').boundingBox(),
    ]);
    expect(paper?.height ?? 0).toBeLessThanOrEqual((frame?.height ?? 0) + 1);
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('enlarges, moves and turns the picture by keys and wheel', async () => {
    const transform = () => page.locator('.paper').evaluate((element) => getComputedStyle(element).transform);
    const whole = await transform();
    await page.locator('.frame').focus();
    await page.keyboard.press('+');
    const larger = await transform();
    await page.keyboard.press('ArrowRight');
    const moved = await transform();
    await page.keyboard.press('r');
    const turned = await transform();
    await page.keyboard.press('0');
    expect(new Set([whole, larger, moved, turned]).size).toBe(4);
    expect(await transform()).toBe(whole);
    await page.locator('.frame').hover();
    await page.mouse.wheel(0, -300);
    await expect.poll(transform).not.toBe(whole);
  });

  it('says why a receipt needs a look', async () => {
    await page.goto(`${server.url}/review`);
    await page.getByRole('link', { name: 'LE PONT VERT' }).waitFor();
    await page.getByText('letter-no-receipt.jpg').waitFor();
    expect(await accessibilityFaults()).toEqual([]);
    await picture('review');
    await page.getByRole('link', { name: 'LE PONT VERT' }).click();
    await page.getByText('The items add up to 41.50').waitFor();
  });

  it('keeps the question in the address, as a table and as pictures', async () => {
    await page.goto(`${server.url}/find`);
    await page.getByLabel('State').selectOption('NEEDS_REVIEW');
    await expect.poll(() => page.locator('.receipts tbody tr').count()).toBe(1);
    expect(page.url()).toContain('status=NEEDS_REVIEW');
    await page.reload();
    await expect.poll(() => page.locator('.receipts tbody tr').count()).toBe(1);
    await page.getByLabel('From').fill('2030-01-01');
    await page.getByText('No receipt matches.').waitFor();
    await page.goto(`${server.url}/find?as=sheet`);
    const thumb = page.locator('.sheet img').first();
    await expect.poll(() => thumb.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('finds by words, damaged ones too, and sorts', async () => {
    await page.goto(`${server.url}/find`);
    await page.getByLabel('Words').fill('pancake');
    await expect.poll(() => page.locator('.receipts tbody tr').count()).toBe(1);
    await page.locator('.receipts').getByText('BLUE LANTERN DINER').waitFor();
    expect(page.url()).toContain('q=pancake');
    await page.getByLabel('Words').fill('LANTERM');
    await expect.poll(() => page.locator('.receipts tbody tr').count()).toBe(1);
    await page.getByLabel('Words').fill('nothing like this');
    await page.getByText('No receipt matches.').waitFor();
    await page.getByLabel('Words').fill('');
    await page.getByLabel('Order').selectOption('total');
    await expect.poll(() => page.locator('.receipts tbody tr').first().innerText()).toContain('43.50');
  });

  it('adds up what was spent, one currency at a time, and leads down to the receipts', async () => {
    await page.goto(`${server.url}/sums`);
    await page.getByLabel('Currency').selectOption('USD');
    const row = page.locator('.bars tbody tr');
    await expect.poll(() => row.count()).toBe(1);
    expect(await row.innerText()).toContain('67.64');
    expect(await accessibilityFaults()).toEqual([]);
    await picture('spending');
    await page.getByRole('link', { name: '2026-02' }).click();
    await expect.poll(() => page.locator('.receipts tbody tr').count()).toBe(1);
    await page.locator('.receipts').getByText('BLUE LANTERN DINER').waitFor();
  });

  it('shows the queues, and what a person has to do', async () => {
    await page.goto(`${server.url}/pipeline`);
    await page.getByText('All is well').waitFor();
    await page.getByRole('cell', { name: 'ocr-queue', exact: true }).waitFor();
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('corrects by keys: the doubtful field has the focus, sums are checked again, undo takes it back', async () => {
    await page.goto(`${server.url}/review`);
    await page.getByRole('link', { name: 'LE PONT VERT' }).click();
    await page.locator('[data-field="total"]').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('value');
    await page.locator('[data-field="total"] button.value').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('41,50');
    await page.keyboard.press('Enter');
    await page.locator('.checks .ok').first().waitFor();
    expect(await page.locator('[data-field="total"]').innerText()).toContain('41.50');
    expect(await page.locator('.checks .bad').count()).toBe(0);
    await page.getByText('total: 43.50 → 41.50').waitFor();
    await page.keyboard.press('u');
    await page.locator('.checks .bad').first().waitFor();
    expect(await page.locator('[data-field="total"]').innerText()).toContain('43.50');
  });

  it('takes a word of the picture into the open field', async () => {
    await page.locator('[data-field="merchant.name"] button.value').click();
    const word = page.locator('polygon[data-word]').first();
    await word.click({ force: true });
    const input = page.locator('[data-field="merchant.name"] input');
    const text = await input.inputValue();
    expect(text.length).toBeGreaterThan(0);
    await page.locator('polygon[data-word]').nth(1).click({ force: true });
    expect(await input.inputValue()).toMatch(new RegExp(`^${text} .+`));
    await input.press('Escape');
    expect(await page.locator('[data-field="merchant.name"]').innerText()).toContain('LE PONT VERT');
  });

  it('refuses what is no figure, says why, and keeps what was typed', async () => {
    await page.locator('[data-field="total"] button.value').click();
    await page.keyboard.type('a lot');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    const input = page.locator('[data-field="total"] input');
    expect(await input.inputValue()).toBe('a lot');
    await input.press('Escape');
  });

  it('tells the second of two tabs on one receipt, and shows it the newer one', async () => {
    const second = await context.newPage();
    // As a tab that heard of nothing since: events are what tells it otherwise.
    await second.route('**/events', (route) => route.abort());
    await second.goto(page.url());
    await second.locator('[data-field="total"] button.value').waitFor();
    await page.locator('[data-field="total"] button.value').click();
    await page.keyboard.type('42.00');
    await page.keyboard.press('Enter');
    await page.getByText('42.00', { exact: true }).first().waitFor();
    await second.locator('[data-field="total"] button.value').click();
    await second.keyboard.type('40.00');
    await second.keyboard.press('Enter');
    await second.getByText('It was changed elsewhere meanwhile').waitFor();
    expect(await second.locator('[data-field="total"]').innerText()).toContain('42.00');
    await second.close();
  });

  it('approves with one key, sums or not, and goes on to what waits', async () => {
    const receipt = page.url();
    await page.locator('h1').click();
    await page.keyboard.press('a');
    await page
      .getByText('Nothing waits for review.', { exact: false })
      .or(page.getByText('Pictures without a receipt'))
      .waitFor();
    expect(await page.locator('#doubtful').count()).toBe(0);
    await page.goto(receipt);
    await page.locator('h1 .REVIEWED').waitFor();
    await picture('reviewed');
    expect(await accessibilityFaults()).toEqual([]);
  });

  it('deletes a picture for good, after asking', async () => {
    const receipt = page.url();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await page.getByRole('heading', { name: 'Receipts' }).waitFor();
    await expect.poll(() => page.getByRole('link', { name: 'LE PONT VERT' }).count()).toBe(0);
    await page.goto(receipt);
    await page.getByText('There is no such receipt.').waitFor();
  });

  it('takes names of merchants and files for text, whatever they say', async () => {
    const hostile = '<img src=x onerror="document.title=\'run\'"><script>document.title="run"</script>';
    const { receipts } = JSON.parse(await server.slipstream('list', '--json')) as {
      receipts: { merchant_id: string | null; merchant_name: string }[];
    };
    const known = receipts.find(({ merchant_id }) => merchant_id !== null);
    await server.slipstream('merchants', 'rename', known?.merchant_id ?? '', hostile);
    await page.goto(`${server.url}/find`);
    await page.getByText('<img src=x', { exact: false }).first().waitFor();
    await page.waitForTimeout(200);
    expect(await page.title()).toBe('Slipstream');
    expect(await page.locator('td img').count()).toBe(0);
  });

  it('goes on by itself when the server was killed and is back', async () => {
    await page.goto(`${server.url}/find`);
    await page.locator('.receipts').waitFor();
    await server.kill();
    await uploadWhileDown(page);
    await page.getByText('not sent: the connection broke').waitFor();
    await server.start();
    await page.getByRole('button', { name: 'Try again' }).click();
    await sentRow('uk-pub-crumpled.jpg').getByText('checked').waitFor({ timeout: READ_MS_MAX });
  });

  /** By the page's own links: a reload would not find the server. */
  async function uploadWhileDown(open: Page): Promise<void> {
    await open.getByRole('link', { name: 'Inbox' }).click();
    await upload('uk-pub-crumpled.jpg');
  }

  it('fits a telephone', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const each of ['/', '/find', '/review', '/sums', '/pipeline']) {
      await page.goto(`${server.url}${each}`);
      await page.locator('h1').first().waitFor({ state: 'attached' });
      await page.waitForTimeout(300);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), each).toBeLessThanOrEqual(360);
    }
    await picture('telephone');
    expect(await accessibilityFaults()).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('is readable in the dark', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(`${server.url}/find`);
    await page.locator('.receipts').waitFor();
    expect(await accessibilityFaults()).toEqual([]);
    await picture('dark');
  });

  it('has run nothing that failed', () => {
    expect(faults).toEqual([]);
  });
});
