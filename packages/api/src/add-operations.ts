import { followEvents, getHealth } from '@slipstream/api-contract';
import { SlipstreamError } from '@slipstream/shared';
import { streamSSE } from 'hono/streaming';
import type { Api } from './api-env.ts';
import type { ApiPorts } from './api-ports.ts';

/** Health and events. */
export function addOperations(api: Api, ports: ApiPorts): void {
  api.openapi(getHealth, async (c) => {
    const health = ports.health ? await ports.health() : { status: 'ok' as const };
    return health.status === 'failing' ? c.json(health, 503) : c.json(health, 200);
  });

  // Not `openapi`: a stream has no type to be checked against.
  api.openAPIRegistry.registerPath(followEvents);
  api.get(followEvents.path, async (c) => {
    if (!ports.events)
      throw new SlipstreamError(
        'NOT_FOUND',
        'Events can be followed only at home; poll GET /images/{image_id} instead.',
      );
    // Before the stream begins: a wrong id is an answer, no stream in which nothing ever comes.
    const events = await ports.events(c.req.header('last-event-id') ?? null, c.req.raw.signal);
    return streamSSE(c, async (stream) => {
      for await (const event of events) {
        await stream.writeSSE({ id: event.id, event: event.kind, data: JSON.stringify(event) });
      }
    });
  });
}
