/** A reading process: one image at a time. It ends when its parent does. */
import type { Script } from '@slipstream/ocr-models';
import sharp from 'sharp';
import { codesOn } from '../codes/find-codes.ts';
import { PageReader } from '../networks/page-reader.ts';
import { openFile } from '../pages/open-file.ts';
import { qualityOf } from '../quality/quality-of.ts';
import { pageViews } from '../views/page-views.ts';
import { type Reply, type Request, type Result, type Task, toSentError } from './tasks.ts';

// One core a process: its siblings use the others.
sharp.concurrency(1);
sharp.cache(false);

const readers = new Map<Script, Promise<PageReader>>();

function readerOf(script: Script): Promise<PageReader> {
  const known = readers.get(script) ?? PageReader.open(script);
  readers.set(script, known);
  return known;
}

async function perform(task: Task): Promise<Result> {
  switch (task.kind) {
    case 'warm':
      return { kind: 'warm', runtime: (await readerOf(task.script)).runtime };
    case 'open':
      return { kind: 'open', ...(await openFile(task.image)) };
    case 'measure':
      return {
        kind: 'measure',
        quality: task.isPhotograph ? await qualityOf(task.image) : null,
        codes: await codesOn(task.image),
      };
    case 'view':
      return { kind: 'view', views: await pageViews(task.image) };
    case 'read':
      return { kind: 'read', ...(await (await readerOf(task.script)).read(task.image)) };
  }
}

async function answer({ id, task }: Request): Promise<Reply> {
  try {
    return { id, result: await perform(task) };
  } catch (thrown) {
    return { id, error: toSentError(thrown) };
  }
}

process.on('message', (request: Request) => {
  // The parent may have gone meanwhile; then nothing waits for this.
  void answer(request).then((reply) => process.connected && process.send?.(reply));
});
process.on('disconnect', () => process.exit(0));
