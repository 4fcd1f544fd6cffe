import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';

const CHANNEL = 'http.client.request.start';

/** Counts the SQS requests of this process on the wire, sends excepted: those are the filling's. */
export function countRequests(): { readonly total: () => number; readonly restore: () => void } {
  let total = 0;
  const count = (event: unknown) => {
    if (typeof event !== 'object' || event === null || !('request' in event)) return;
    const { request } = event;
    if (!(request instanceof ClientRequest)) return;
    const action = String(request.getHeader('x-amz-target') ?? '');
    if (action.startsWith('AmazonSQS.') && !action.includes('SendMessage')) total += 1;
  };
  subscribe(CHANNEL, count);
  return { total: () => total, restore: () => unsubscribe(CHANNEL, count) };
}
