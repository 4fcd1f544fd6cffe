import type { TestProject } from 'vitest/node';
import { hasMoto, installMoto, startMoto } from './moto-server.ts';

/** That of AWS_ENDPOINT_URL, or moto on the loopback; credentials are made up for it, AWS itself is never called. */
export default async function startServer(project: TestProject): Promise<() => void> {
  process.env.AWS_REGION ??= 'us-east-1';
  process.env.AWS_ACCESS_KEY_ID ??= 'test';
  process.env.AWS_SECRET_ACCESS_KEY ??= 'test';
  const given = process.env.AWS_ENDPOINT_URL;
  if (given) {
    project.provide('endpoint', given);
    return () => {};
  }
  if (!hasMoto() && !installMoto()) {
    process.stderr.write('NOT TESTED: the AWS adapters need python3 with its venv module, or AWS_ENDPOINT_URL.\n');
    project.provide('endpoint', null);
    return () => {};
  }
  const { endpoint, stop } = await startMoto();
  project.provide('endpoint', endpoint);
  return stop;
}
