import { openApiDocument } from '@slipstream/api-contract/openapi';
import { expect, it } from 'vitest';
import { loadPage } from '../src/local/page.ts';

it('no path of the API is one of the page’s', async () => {
  const page = await loadPage();
  expect(page.answer('GET', '/sums')?.headers.get('content-type')).toContain('text/html');
  const paths = Object.keys(openApiDocument().paths ?? {}).concat('/openapi.json');
  expect(paths.length).toBeGreaterThan(10);
  for (const path of paths) expect(page.answer('GET', path.replace(/\{\w+\}/g, '1')), path).toBeNull();
});
