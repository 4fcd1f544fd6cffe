import { existsSync, writeFileSync } from 'node:fs';

/** What is done once only: `crash-once:FILE` at the end of a picture, as long as the file is not there. */
function onceOf(text: string): string | null {
  const [, what = '', file = ''] = /(crash|hang)-once:(.+)$/s.exec(text) ?? [];
  if (file === '' || existsSync(file)) return null;
  writeFileSync(file, '');
  return what;
}

/** Stands in for the reading process: does what the picture's bytes say. */
process.on('message', ({ id, task }: { id: number; task: { kind: string; image?: { bytes: Uint8Array } } }) => {
  const text = new TextDecoder().decode(task.image?.bytes ?? new Uint8Array());
  const order = onceOf(text) ?? text;
  if (order === 'crash') process.abort();
  if (order === 'exit') process.exit(3);
  if (order === 'hang') {
    const until = Date.now() + 60_000;
    while (Date.now() < until);
  }
  if (order === 'damaged') {
    process.send?.({ id, error: { code: 'IMAGE_UNREADABLE', message: 'damaged' } });
    return;
  }
  const result =
    task.kind === 'warm'
      ? { kind: 'warm', runtime: 'test' }
      : { kind: 'read', lines: [], regions: [], runtime: `pid ${process.pid}`, script: 'latin', unread: 0 };
  process.send?.({ id, result });
});
process.on('disconnect', () => process.exit(0));
