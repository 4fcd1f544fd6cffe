import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const DIST = join(import.meta.dirname, '../dist');
const JAVASCRIPT_BYTES_MAX = 200 * 1_024;

it('is at most 200 KB of JavaScript, gzipped', () => {
  const scripts = readdirSync(join(DIST, 'assets')).filter((name) => name.endsWith('.js'));
  expect(scripts).toHaveLength(1);
  expect(gzipSync(readFileSync(join(DIST, 'assets', scripts[0] ?? ''))).length).toBeLessThan(JAVASCRIPT_BYTES_MAX);
});

it('has nothing inline and nothing from elsewhere', () => {
  const html = readFileSync(join(DIST, 'index.html'), 'utf8');
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*src=)|https?:\/\//);
});
