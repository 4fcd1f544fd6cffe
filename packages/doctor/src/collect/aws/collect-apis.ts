import type { Snapshot } from '../../snapshot/snapshot.ts';
import type { Attempts } from './attempts.ts';
import type { Clients } from './clients.ts';
import { allPages } from './pages.ts';

/** Which of the account's APIs are private: asked only where an endpoint for execute-api stands in the VPC. */
export async function collectApis({ apis }: Clients, attempts: Attempts, snapshot: Snapshot): Promise<void> {
  if (!snapshot.endpoints.some(({ service }) => service?.endsWith('.execute-api'))) return;
  const found = await attempts.call(
    'apigateway:GET',
    () =>
      allPages(async (position) => {
        const page = await apis.getRestApis({ limit: 500, position });
        return { items: page.items, next: page.position };
      }),
    [],
  );
  for (const { id = '', endpointConfiguration } of found)
    snapshot.apis.push({
      id,
      private: endpointConfiguration?.types?.includes('PRIVATE') === true,
      host: `${id}.execute-api.${snapshot.region}.amazonaws.com`,
    });
}
