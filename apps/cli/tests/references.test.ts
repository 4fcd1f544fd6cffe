import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, findImageFiles } from '@slipstream/runtime';
import { DEFAULT_OWNER } from '@slipstream/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Home, openExistingHome, openHome } from '../src/home/open-home.ts';
import { documentsIn } from '../src/input/ocr-documents.ts';
import { findImage } from '../src/references/find-image.ts';
import { type ImageDirectory, recordsDirectory } from '../src/references/image-directory.ts';
import { homeRows } from '../src/references/remembered-rows.ts';
import { shortIds } from '../src/references/short-ids.ts';

const logger = createLogger({ name: 'test', level: 'silent', destination: { write: () => {} } });
const IDS = [
  'aaaaaaaa-1111-5000-8000-000000000001',
  'aaaaaaaa-2222-5000-8000-000000000002',
  'bbbbbbbb-1111-5000-8000-000000000003',
] as const;
const [FIRST, SECOND, LAST] = IDS;

let folder = '';
let home: Home;
let directory: ImageDirectory;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipstream-references-'));
  home = await openHome(join(folder, 'data'), logger);
  for (const image_id of IDS) {
    await home.jobs.create(
      { image_id, owner_id: DEFAULT_OWNER, s3_bucket: home.raw.bucket, s3_key: `raw/${image_id}`, size: 1 },
      'c',
    );
    // Made in the same millisecond, none would be the last.
    await home.clock.sleep(2);
  }
  directory = recordsDirectory(home, home.dataDir, homeRows(home.dataDir));
});
afterAll(async () => {
  await home.close();
  await rm(folder, { recursive: true });
});

describe('an image is meant by', () => {
  it.each([
    [FIRST, FIRST, null],
    [`${FIRST}/2`, FIRST, '00002'],
    ['b', LAST, null],
    ['AAAAAAAA-1', FIRST, null],
    ['aaaaaaaa-2/1', SECOND, '00001'],
    ['last', LAST, null],
    ['last/1', LAST, '00001'],
  ])('%s', async (text, imageId, receiptId) => {
    expect(await findImage(directory, text)).toEqual({ imageId, receiptId });
  });

  it('a row of the latest list, which an empty one does not replace', async () => {
    directory.rows.remember([`${SECOND}/00001`, FIRST]);
    directory.rows.remember([]);
    expect(await findImage(directory, '1')).toEqual({ imageId: SECOND, receiptId: '00001' });
    expect(await findImage(directory, '1/2')).toEqual({ imageId: SECOND, receiptId: '00002' });
    expect(await findImage(directory, '2')).toEqual({ imageId: FIRST, receiptId: null });
    await expect(findImage(directory, '3')).rejects.toThrow('has 2 rows, no row 3');
  });

  it.each([
    ['aaaaaaaa', /begins several ids .*aaaaaaaa-1111.*add a letter/],
    ['cccc', /has an id that begins with cccc; slipstream list/],
    ['receipt.jpg', /is no id/],
    ['last/x', /is no id/],
    ['a/b/c', /is no id/],
    ['', /is no id/],
  ])('%j is none, and why', async (text, message) => {
    await expect(findImage(directory, text)).rejects.toThrow(message);
  });
});

it('ids are shown as short as they differ on a terminal, and whole elsewhere', () => {
  expect(IDS.map(shortIds(IDS, 80))).toEqual(['aaaaaaaa-1', 'aaaaaaaa-2', 'bbbbbbbb-1']);
  expect(shortIds([FIRST, LAST], 80)(FIRST)).toBe('aaaaaaaa');
  expect(shortIds(IDS, null)(FIRST)).toBe(FIRST);
});

it('a data folder that is not there is not made by who reads', async () => {
  const typo = join(folder, 'typo');
  await expect(openExistingHome(typo, logger)).rejects.toThrow(/There is no data in .*typo: is --data right\?/);
  expect(existsSync(typo)).toBe(false);
});

it('one bad file name keeps back no other, and is named with the reason', async () => {
  const bad = join(folder, 'none.jpg');
  const good = import.meta.filename;
  expect(await findImageFiles([bad, good])).toMatchObject({ files: [good], refused: [{ file: bad }] });
  expect((await findImageFiles([bad])).refused[0]?.error.message).toContain('cannot be read');
});

it('what receipt-ocr --json printed is taken, with the errors of the files that it could not read', () => {
  const image = { width: 1, height: 1, orientation: 1, sha256: 'a'.repeat(64) };
  const engine = { name: 'null', version: '1', level: '', languages: [] };
  const document = { schema_version: 1, image, engine, lines: [], regions: [] };
  const printed = [
    { file: 'a.jpg', document, duration_ms: 3 },
    { file: 'b.jpg', error: { code: 'IMAGE_EMPTY', message: 'The file is empty' } },
  ];
  const { documents, errors } = documentsIn(JSON.stringify(printed), 'slipstream');
  expect(documents).toMatchObject([{ image }]);
  expect(errors.map(({ code, message }) => [code, message])).toEqual([['IMAGE_EMPTY', 'b.jpg: The file is empty']]);
  expect(documentsIn(JSON.stringify(document), 'slipstream').documents).toHaveLength(1);
});
