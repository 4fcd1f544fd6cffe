import { type AllPorts, allPorts } from '../../src/work/all-ports.ts';
import type { TestHome } from '../../testing/test-home.ts';

/** The home of a process that dies after so many of its writes: each further one fails, as if it had never been sent. */
export function failingAfter(home: TestHome, writesMax: number): { readonly ports: AllPorts } {
  let writes = 0;
  const dying = <T extends object>(port: T, names: readonly string[]): T =>
    new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => {
          if (names.includes(String(name))) {
            if (writes >= writesMax) return Promise.reject(new Error('killed'));
            writes += 1;
          }
          return Reflect.apply(member, target, args);
        };
      },
    });
  const store = {
    records: dying(home.store.records, ['write', 'transact']),
    raw: dying(home.raw, ['purge', 'delete', 'put']),
    artifacts: dying(home.artifacts, ['purge', 'delete', 'put']),
    queue: home.store.queue,
  };
  return { ports: allPorts(store, { clock: home.clock, logger: home.logger }) };
}
