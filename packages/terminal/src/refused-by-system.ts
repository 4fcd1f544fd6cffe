import { SlipstreamError } from '@slipstream/shared';

/** What the system refused, by the names of errno(3), and what to do about it. */
const ADVICE: Readonly<Record<string, string>> = {
  EMFILE: 'This program may open no more files: raise its limit (ulimit -n 4096) and start it again.',
  ENFILE: 'Too many files are open on this machine: end what holds them, and try again.',
  ENOMEM: 'This machine has no memory left: end what holds it, and try again.',
  ENOSPC: 'The disk is full: make room, and try again.',
  EDQUOT: 'The disk quota is used up: make room, and try again.',
  EROFS: 'The disk can only be read: mount it for writing, or name another folder.',
  EACCES: 'This user may not do that: change the mode or the owner, or name another place.',
  EPERM: 'This user may not do that: change the mode or the owner, or name another place.',
};

/** A refusal of the system that nothing had foreseen, as a sentence that says what to do; null for anything else. */
export function refusedBySystem(thrown: unknown): SlipstreamError | null {
  const cause = thrown instanceof SlipstreamError && thrown.code === 'INTERNAL' ? thrown.cause : thrown;
  if (!(cause instanceof Error) || !('code' in cause) || typeof cause.code !== 'string') return null;
  const advice = ADVICE[cause.code];
  if (advice === undefined) return null;
  const path = 'path' in cause && typeof cause.path === 'string' ? `${cause.path}: ` : '';
  const details = { error_code: cause.code };
  return new SlipstreamError('STORE_UNAVAILABLE', `${path}${advice} (${cause.code})`, { cause, details });
}
