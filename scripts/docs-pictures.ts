// Puts the page's picture where the README shows it. Run with: npm run docs:pictures, which makes it first.
import { copyFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
copyFileSync(at('../apps/console/screenshots/receipt.png'), at('../docs/page.png'));
