import type { Queues } from '../../work/work-ports.ts';
import type { Follower } from '../follower.ts';

/** A receipt that is NEW waits to be validated. */
export function validation(queues: Pick<Queues, 'validate-queue'>): Follower<'RECEIPT'> {
  return {
    name: 'validation',
    types: ['RECEIPT'],
    follow: (_before, after) => {
      if (after?.status !== 'NEW') return null;
      const { image_id, receipt_id, revision, correlation_id } = after;
      const options = correlation_id ? { correlationId: correlation_id } : {};
      return { run: () => queues['validate-queue'].send({ image_id, receipt_id, revision }, options) };
    },
  };
}
