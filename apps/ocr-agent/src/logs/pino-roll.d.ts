/** pino-roll brings no types; this is the part of its options that is used. */
declare module 'pino-roll' {
  import type { EventEmitter } from 'node:events';
  import type { DestinationStream } from 'pino';

  export default function build(options: {
    readonly file: string;
    readonly size: string;
    readonly limit: { readonly count: number; readonly removeOtherLogFiles: boolean };
    readonly symlink: boolean;
    /** Bytes that wait to be written; what comes on top is dropped. */
    readonly maxLength: number;
  }): Promise<DestinationStream & EventEmitter>;
}
