import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createObjectServer } from './object-server.ts';
import { SlowProxy } from './slow-proxy.ts';

// A process of its own, so that serving takes no time from what is measured. Started by `startDistantStore`.
const [folder = '', latency_ms = '60', bytes_per_s = '90000000'] = process.argv.slice(2);

const server = createObjectServer(folder);
const direct = await listen(server);
const proxy = new SlowProxy({ port: direct, latency_ms: Number(latency_ms), bytes_per_s: Number(bytes_per_s) });
const port = await listen(proxy.server);

process.on('message', (message: { kind: string; latency_ms?: number }) => {
  if (message.kind === 'latency') proxy.setLatency(message.latency_ms ?? 0);
  process.send?.({ kind: message.kind, traffic: proxy.takeTraffic() });
});
process.on('disconnect', () => process.exit(0));
process.send?.({ kind: 'ready', port, direct });

async function listen(each: Server): Promise<number> {
  each.keepAliveTimeout = 60_000;
  each.listen(0, '127.0.0.1');
  await once(each, 'listening');
  const address = each.address() as AddressInfo;
  return address.port;
}
