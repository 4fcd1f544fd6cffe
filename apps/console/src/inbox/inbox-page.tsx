import { type DragEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { client, type ReceiptRows, take } from '../api/api.ts';
import { onImageEvent } from '../api/events.ts';
import { LoadFault } from '../api/load-fault.tsx';
import { useLoaded } from '../api/use-loaded.ts';
import { ReceiptTable } from '../list/receipt-table.tsx';
import { TEXTS } from '../texts.ts';
import { outbox } from './outbox.ts';
import { SentRow } from './sent-row.tsx';

/** What the reader takes. `capture` asks for JPEG on telephones, so HEIC stays out of this list. */
const ACCEPT =
  'image/jpeg,image/png,image/webp,image/avif,image/gif,image/bmp,image/tiff,application/pdf,application/xml,.heic';
const RECENT = 10;
const text = TEXTS.inbox;

export function InboxPage() {
  const sent = useSyncExternalStore(outbox.subscribe, outbox.snapshot);
  const recent = useLoaded('recent', (signal) =>
    take<ReceiptRows>(client.GET('/receipts', { params: { query: { limit: RECENT } }, signal })),
  );
  const { reload } = recent;
  useEffect(() => onImageEvent(reload), [reload]);
  return (
    <>
      <h1 className="visually-hidden">{TEXTS.nav.inbox}</h1>
      <DropZone />
      {sent.length > 0 ? (
        <section aria-labelledby="sent">
          <h2 id="sent">{text.sent}</h2>
          <ul className="sent">
            {sent.map((each) => (
              <SentRow key={each.key} sent={each} />
            ))}
          </ul>
        </section>
      ) : null}
      <section aria-labelledby="recent">
        <h2 id="recent">{text.recent}</h2>
        <LoadFault error={recent.error} />
        {recent.data && recent.data.receipts.length === 0 ? <p className="empty">{text.empty}</p> : null}
        {recent.data && recent.data.receipts.length > 0 ? <ReceiptTable receipts={recent.data.receipts} /> : null}
      </section>
    </>
  );
}

function DropZone() {
  const [isOver, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    outbox.add(event.dataTransfer.files);
  };
  const take = (input: HTMLInputElement | null) => {
    if (!input?.files) return;
    outbox.add([...input.files]);
    input.value = '';
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons within do the same by keyboard
    <div
      className={isOver ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p>{text.drop}</p>
      <div className="row">
        <button type="button" className="primary" onClick={() => files.current?.click()}>
          {text.choose}
        </button>
        <button type="button" onClick={() => camera.current?.click()}>
          {text.camera}
        </button>
      </div>
      <input
        ref={files}
        type="file"
        multiple
        accept={ACCEPT}
        hidden
        aria-label={text.choose}
        onChange={() => take(files.current)}
      />
      <input
        ref={camera}
        type="file"
        accept="image/jpeg"
        capture="environment"
        hidden
        aria-label={text.camera}
        onChange={() => take(camera.current)}
      />
    </div>
  );
}
