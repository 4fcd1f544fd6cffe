import { type Dirent, existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** Beside the bundle; and where `npm run build` leaves it, for whoever runs the sources. */
const FOLDERS = ['./console', '../../../console/dist'];

/** What the page calls its parts, none as a path of the API; each is the same file, which reads the address itself. */
const PLACES = /^\/(?:find|review|sums|pipeline|r\/[0-9a-f-]{36}\/\d{1,5})?$/;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
};

/** Nothing from elsewhere, nothing inline: what a receipt says can never run. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const MISSING = `<!doctype html><meta charset="utf-8"><title>Slipstream</title>
<p>Slipstream is running, but its page has not been built: run <code>npm run build</code> and start it again.</p>`;

/** The web page's files. They hold no data, so they are served without a token; what they ask the API for is not. */
export class Page {
  readonly #files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

  constructor(files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>) {
    this.#files = files;
  }

  /** null for a path that is none of the page's. */
  answer(method: string, path: string): Response | null {
    if (method !== 'GET' && method !== 'HEAD') return null;
    const name = PLACES.test(path) ? '/index.html' : path;
    const isPlace = name !== path;
    if (!isPlace && !path.startsWith('/assets/')) return null;
    const body = this.#files.get(name);
    if (!body && !isPlace) return null;
    return new Response(method === 'HEAD' ? null : (body ?? MISSING), {
      headers: {
        'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
        'content-security-policy': POLICY,
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        // Names under assets carry their content's hash, but for icon and manifest.
        'cache-control': /-[A-Z0-9]{8}\./.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
      },
    });
  }
}

/** All of them at once: they are a few hundred kilobytes. Without a build, a page that says so. */
export async function loadPage(): Promise<Page> {
  const folder = FOLDERS.map((each) => join(import.meta.dirname, each)).find((each) =>
    existsSync(join(each, 'index.html')),
  );
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  if (folder === undefined) return new Page(files);
  const entries: Dirent[] = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(folder.length).replaceAll('\\', '/'), new Uint8Array(await readFile(path)));
  }
  return new Page(files);
}
