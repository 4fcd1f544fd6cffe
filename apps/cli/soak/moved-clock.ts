// Loaded before a program (`node --import`): its wall clock is off by what MOVED_CLOCK_FILE says, in ms, from moment to
// moment; its monotonic clock is right.
import { readFileSync } from 'node:fs';

const file = process.env.MOVED_CLOCK_FILE ?? '';
const LOOK_MS = 100;
let offset_ms = read();
setInterval(() => {
  offset_ms = read();
}, LOOK_MS).unref();

function read(): number {
  try {
    return Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    return 0; // no file: the clock is right
  }
}

globalThis.Date = new Proxy(Date, {
  construct: (RealDate, parts: ConstructorParameters<DateConstructor> | []) =>
    parts.length === 0 ? new RealDate(RealDate.now() + offset_ms) : new RealDate(...parts),
  get: (RealDate, name, receiver) => {
    if (name === 'now') return () => RealDate.now() + offset_ms;
    return Reflect.get(RealDate, name, receiver);
  },
});
