import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';

const BUCKET = 'bench';

const readySchema = z.object({ kind: z.literal('ready'), port: z.int(), direct: z.int() });
const trafficSchema = z.object({
  traffic: z.object({
    requests: z.record(z.string(), z.int()),
    bytes_read: z.number(),
    bytes_written: z.number(),
    log: z.array(z.string()),
  }),
});

export interface DistantStoreOptions {
  /** What the bucket's objects lie in. */
  readonly folder: string;
  /** Added to each request. S3's time to the first byte is 20 to 100 ms. */
  readonly latency_ms?: number;
  readonly bytes_per_s?: number;
}

/** An object server at S3's distance, in a process of its own. */
export async function startDistantStore({ folder, latency_ms = 60, bytes_per_s = 90_000_000 }: DistantStoreOptions) {
  const server = fork(join(import.meta.dirname, 'serve.ts'), [folder, String(latency_ms), String(bytes_per_s)]);
  const [first] = await once(server, 'message');
  const { port, direct } = readySchema.parse(first);
  const ask = async (message: object) => {
    server.send(message);
    const [answer] = await once(server, 'message');
    return trafficSchema.parse(answer).traffic;
  };
  return {
    url: `http://127.0.0.1:${port}/${BUCKET}`,
    /** For LanceDB: through the proxy, and (to make tables without waiting) past it. */
    uri: `s3://${BUCKET}/home`,
    storageOptions: storageOptions(port),
    directOptions: storageOptions(direct),
    bucketFolder: join(folder, BUCKET),
    /** What passed the proxy since the last call. */
    takeTraffic: () => ask({ kind: 'traffic' }),
    setLatency: (ms: number) => ask({ kind: 'latency', latency_ms: ms }),
    close: async () => {
      server.disconnect();
      await once(server, 'exit');
    },
  };
}

function storageOptions(port: number): Record<string, string> {
  return {
    aws_endpoint: `http://127.0.0.1:${port}`,
    aws_region: 'us-east-1',
    aws_access_key_id: 'bench',
    aws_secret_access_key: 'bench',
    aws_virtual_hosted_style_request: 'false',
    allow_http: 'true',
  };
}
