import type { IncomingMessage, ServerResponse } from 'node:http';

export interface PaceOptions {
  readonly bytesPerSecondMin: number;
  /** Over which the pace is measured, and what a peer may be silent. */
  readonly windowMs: number;
}

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  moved: number;
}

/**
 * Ends the connections of peers that send or take less than the least pace, so that nobody holds memory by being slow.
 * Only what the peer owes counts: a server that thinks, and a stream of events without events, take their time.
 */
export class SlowPeers {
  readonly #options: PaceOptions;
  readonly #exchanges = new Set<Exchange>();
  readonly #timer: NodeJS.Timeout;

  constructor(options: PaceOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#endSlow(), options.windowMs).unref();
  }

  watch(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const exchange = { incoming, outgoing, moved: bytesMoved(incoming) };
    this.#exchanges.add(exchange);
    outgoing.once('close', () => this.#exchanges.delete(exchange));
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #endSlow(): void {
    const { bytesPerSecondMin, windowMs } = this.#options;
    for (const exchange of this.#exchanges) {
      const moved = bytesMoved(exchange.incoming);
      const isSlow = moved - exchange.moved < (bytesPerSecondMin * windowMs) / 1_000;
      if (isSlow && isWaitedFor(exchange)) exchange.incoming.socket.destroy();
      exchange.moved = moved;
    }
  }
}

/** A body that has not come, or an answer that has not been taken. */
function isWaitedFor({ incoming, outgoing }: Exchange): boolean {
  return !incoming.complete || outgoing.writableLength > 0 || incoming.socket.writableLength > 0;
}

/** Received, and handed to the system: Node counts what still waits in its buffers as written. */
function bytesMoved({ socket }: IncomingMessage): number {
  return socket.bytesRead + socket.bytesWritten - socket.writableLength;
}
