import { ApiError, client, type ImageView, take } from '../api/api.ts';
import { onImageEvent } from '../api/events.ts';
import { sendFile } from './send-file.ts';

type SentState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'sending'; readonly share: number }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'sent'; readonly created: boolean; readonly image: ImageView | null; readonly imageId: string };

export interface Sent {
  readonly key: number;
  readonly name: string;
  readonly state: SentState;
}

/** Uploads at once; more would only share the same line. */
const AT_ONCE = 3;
const POLL_MS = 2_000;

/**
 * The files that this page sends, the newest first. It outlives the pages within the page, so that a look at a receipt
 * ends no upload.
 *
 *   waiting ──► sending ──► sent (then what becomes of its image) │ refused │ interrupted ──► waiting (again)
 */
class Outbox {
  #sent: readonly Sent[] = [];
  #files = new Map<number, File>();
  #listeners = new Set<() => void>();
  #next = 1;
  #stop: (() => void) | null = null;

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly snapshot = () => this.#sent;

  add(files: Iterable<File>): void {
    const added = [...files].map((file) => {
      const key = this.#next++;
      this.#files.set(key, file);
      return { key, name: file.name, state: { kind: 'waiting' } as const };
    });
    this.#set([...added.reverse(), ...this.#sent]);
    this.#stop ??= onImageEvent(({ image_id }) => void this.#refresh(image_id));
    this.#pump();
  }

  again(key: number): void {
    this.#update(key, { kind: 'waiting' });
    this.#pump();
  }

  #pump(): void {
    const busy = this.#sent.filter(({ state }) => state.kind === 'sending').length;
    const waiting = this.#sent.filter(({ state }) => state.kind === 'waiting').reverse();
    for (const { key } of waiting.slice(0, AT_ONCE - busy)) void this.#send(key);
  }

  async #send(key: number): Promise<void> {
    const file = this.#files.get(key);
    if (!file) return;
    this.#update(key, { kind: 'sending', share: 0 });
    try {
      const { image_id, created } = await sendFile(file, (share) => this.#update(key, { kind: 'sending', share }));
      this.#files.delete(key);
      this.#update(key, { kind: 'sent', created, image: null, imageId: image_id });
      void this.#follow(image_id);
    } catch (thrown) {
      const isRefused = thrown instanceof ApiError && thrown.status >= 400 && thrown.status < 500;
      this.#update(key, isRefused ? { kind: 'refused', message: thrown.message } : { kind: 'interrupted' });
    }
    this.#pump();
  }

  /** Events tell of changes; this finds what ended before they were heard. */
  async #follow(imageId: string): Promise<void> {
    while (
      this.#sent.some(({ state }) => state.kind === 'sent' && state.imageId === imageId && !state.image?.outcome)
    ) {
      await this.#refresh(imageId);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  async #refresh(imageId: string): Promise<void> {
    const own = this.#sent.filter(({ state }) => state.kind === 'sent' && state.imageId === imageId);
    if (own.length === 0) return;
    const params = { path: { image_id: imageId } };
    // Not taken in yet, or no connection: the next event or look finds it.
    const image = await take<ImageView>(client.GET('/images/{image_id}', { params })).catch(() => null);
    if (!image) return;
    for (const { key, state } of own) if (state.kind === 'sent') this.#update(key, { ...state, image });
  }

  #update(key: number, state: SentState): void {
    this.#set(this.#sent.map((each) => (each.key === key ? { ...each, state } : each)));
  }

  #set(sent: readonly Sent[]): void {
    this.#sent = sent;
    for (const listener of this.#listeners) listener();
  }
}

export const outbox = new Outbox();
