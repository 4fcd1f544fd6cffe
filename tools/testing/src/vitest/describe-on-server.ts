import { describe, inject, it } from 'vitest';

declare module 'vitest' {
  export interface ProvidedContext {
    /** null: nothing here speaks AWS's protocols. */
    readonly endpoint: string | null;
  }
}

/** Tests that need a server; without one they are skipped, and say so. */
export function describeOnServer(name: string, tests: (endpoint: string) => void): void {
  const endpoint = inject('endpoint');
  if (endpoint) {
    describe(name, () => tests(endpoint));
    return;
  }
  describe(name, () => {
    it.skip('NOT TESTED: needs python3 with its venv module, or AWS_ENDPOINT_URL', () => {});
  });
}

/** Of everything that tests make on such a server. */
export const REGION = 'us-east-1';
