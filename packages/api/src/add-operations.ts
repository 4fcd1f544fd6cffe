import { SlipstreamError } from '@slipstream/shared';
import { streamSSE } from 'hono/streaming';
import type { Api } from './api-env.ts';
import type { ApiPorts } from './api-ports.ts';

/** Health, events and the API's own description. */
export function addOperations(api: Api, ports: ApiPorts): void {
  api.get('/health', async (c) => c.json({ status: 'ok', ...(ports.health ? await ports.health() : {}) }));

  api.get('/events', (c) => {
    const { events } = ports;
    if (!events)
      throw new SlipstreamError(
        'NOT_FOUND',
        'Events can be followed only at home; poll GET /images/{image_id} instead.',
      );
    return streamSSE(c, async (stream) => {
      for await (const event of events(c.req.header('last-event-id') ?? null, c.req.raw.signal)) {
        await stream.writeSSE({ id: event.id, event: event.kind, data: JSON.stringify(event) });
      }
    });
  });

  api.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Slipstream', version: '1', description: 'Photographed receipts become checked, searchable data.' },
  });
}
