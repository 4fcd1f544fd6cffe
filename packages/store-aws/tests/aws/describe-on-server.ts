import { describe, inject, it } from 'vitest';

/** Tests that need a server; without one they are skipped, and say so. */
export function describeOnServer(name: string, tests: (endpoint: string) => void): void {
  const endpoint = inject('endpoint');
  if (endpoint !== null) {
    describe(name, () => tests(endpoint));
    return;
  }
  describe(name, () => {
    it.skip('NOT TESTED: needs python3 with its venv module, or AWS_ENDPOINT_URL', () => {});
  });
}

export const REGION = 'us-east-1';
