import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, type Stats } from 'node:fs';
import { appendFile, link, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { dirname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { listingXml, multipartXml, type ObjectEntry } from './xml.ts';

/**
 * As much of S3's protocol as LanceDB speaks, over a folder: ranges are read from the file, so that a range costs what
 * it is long. Conditional puts (`If-None-Match: *`) are atomic. Whoever asks is let in: loopback only.
 */
export function createObjectServer(folder: string): Server {
  return createServer((request, response) => {
    answer(folder, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    });
  });
}

async function answer(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const [bucket = '', ...rest] = decodeURIComponent(url.pathname).slice(1).split('/');
  const key = rest.join('/');
  if (`${bucket}/${key}`.split('/').includes('..')) return void response.writeHead(400).end();
  const path = join(folder, bucket, key);
  const query = url.searchParams;
  switch (request.method) {
    case 'GET':
      if (key === '' || query.has('list-type')) return list(join(folder, bucket), query, response);
      return read(path, request, response);
    case 'HEAD':
      return read(path, request, response);
    case 'PUT':
      if (query.has('uploadId')) return putPart(folder, query, request, response);
      return put(folder, path, request, response);
    case 'POST':
      if (query.has('uploads')) return void response.end(multipartXml.started(bucket, key, randomUUID()));
      if (query.has('uploadId')) return completeUpload(folder, path, query, request, response);
      if (query.has('delete')) return deleteMany(join(folder, bucket), request, response);
      return void response.writeHead(400).end();
    case 'DELETE':
      await rm(path, { force: true });
      return void response.writeHead(204).end();
    default:
      return void response.writeHead(405).end();
  }
}

async function read(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile()) {
    request.resume();
    return void response
      .writeHead(404, { 'content-type': 'application/xml' })
      .end(request.method === 'HEAD' ? undefined : multipartXml.missing());
  }
  const { from, to } = rangeOf(request.headers.range, found.size);
  response.writeHead(request.headers.range === undefined ? 200 : 206, {
    'content-length': to - from,
    'content-range': `bytes ${from}-${to - 1}/${found.size}`,
    'accept-ranges': 'bytes',
    ...identityOf(found),
  });
  if (request.method === 'HEAD' || to === from) return void response.end();
  await pipeline(createReadStream(path, { start: from, end: to - 1, highWaterMark: 1 << 20 }), response);
}

/** `bytes=5-9`, `bytes=5-`, `bytes=-5`; `to` is exclusive. */
function rangeOf(header: string | undefined, size: number): { from: number; to: number } {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return { from: 0, to: size };
  if (first === '') return { from: Math.max(0, size - Number(last)), to: size };
  return { from: Number(first), to: last === '' ? size : Math.min(size, Number(last) + 1) };
}

function identityOf(found: Stats): Record<string, string> {
  return { etag: `"${found.ino}-${found.size}-${found.mtimeMs}"`, 'last-modified': found.mtime.toUTCString() };
}

async function put(folder: string, path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const temporary = join(folder, `.put-${randomUUID()}`);
  await mkdir(dirname(path), { recursive: true });
  await pipeline(request, createWriteStream(temporary));
  if (request.headers['if-none-match'] === '*') {
    const made = await link(temporary, path).then(
      () => true,
      () => false,
    );
    await rm(temporary);
    if (!made) return void response.writeHead(412).end();
  } else {
    await rename(temporary, path);
  }
  response.writeHead(200, identityOf(await stat(path))).end();
}

async function putPart(
  folder: string,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const part = join(folder, `.upload-${query.get('uploadId')}-${query.get('partNumber')}`);
  await pipeline(request, createWriteStream(part));
  response.writeHead(200, { etag: `"${query.get('partNumber')}"` }).end();
}

async function completeUpload(
  folder: string,
  path: string,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await textOf(request);
  const parts = [...body.matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map(([, number]) => Number(number));
  const temporary = join(folder, `.put-${randomUUID()}`);
  for (const number of parts.sort((one, other) => one - other)) {
    const part = join(folder, `.upload-${query.get('uploadId')}-${number}`);
    await appendFile(temporary, await readFile(part));
    await rm(part);
  }
  await mkdir(dirname(path), { recursive: true });
  await rename(temporary, path);
  response.end(multipartXml.completed());
}

async function deleteMany(bucketFolder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await textOf(request);
  const keys = [...body.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key ?? '');
  for (const key of keys) await rm(join(bucketFolder, key), { force: true });
  response.end(multipartXml.deleted(keys));
}

async function list(bucketFolder: string, query: URLSearchParams, response: ServerResponse): Promise<void> {
  const prefix = query.get('prefix') ?? '';
  const base = join(bucketFolder, prefix.endsWith('/') ? prefix : dirname(prefix));
  const delimiter = query.get('delimiter');
  const entries: ObjectEntry[] = [];
  const prefixes = new Set<string>();
  const files = existsSync(base) ? await readdir(base, { recursive: delimiter === null, withFileTypes: true }) : [];
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    const key = relative(bucketFolder, path).split(sep).join('/');
    if (!key.startsWith(prefix) || key <= (query.get('start-after') ?? '')) continue;
    if (file.isDirectory()) {
      if (delimiter !== null) prefixes.add(`${key}/`);
    } else {
      const found = await stat(path);
      entries.push({ key, bytes: found.size, modified: found.mtime });
    }
  }
  entries.sort((one, other) => (one.key < other.key ? -1 : 1));
  response.writeHead(200, { 'content-type': 'application/xml' }).end(listingXml(prefix, entries, [...prefixes].sort()));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
