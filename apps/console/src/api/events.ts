/** What happens to images on this server, as it happens; one connection for the whole page. */
interface ImageEvent {
  readonly kind: 'job' | 'receipt';
  readonly image_id: string;
  readonly status: string;
}

type Listener = (event: ImageEvent) => void;
const listeners = new Set<Listener>();
let source: EventSource | null = null;

/** Returns what ends it. */
export function onImageEvent(listener: Listener): () => void {
  listeners.add(listener);
  source ??= open();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    source?.close();
    source = null;
  };
}

/** The browser connects again by itself, after the last event that it saw. */
function open(): EventSource {
  const events = new EventSource('/events');
  for (const kind of ['job', 'receipt'] as const)
    events.addEventListener(kind, (message: MessageEvent<string>) => {
      const event = JSON.parse(message.data) as ImageEvent;
      for (const listener of [...listeners]) listener({ ...event, kind });
    });
  return events;
}
