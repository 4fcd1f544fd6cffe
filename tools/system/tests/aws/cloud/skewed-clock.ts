// Loaded before a program (`node --import`): its wall clock is SKEW_MS off, its monotonic clock is right.
const skew_ms = Number(process.env.SKEW_MS ?? 0);

globalThis.Date = new Proxy(Date, {
  construct: (RealDate, parts: ConstructorParameters<DateConstructor> | []) =>
    parts.length === 0 ? new RealDate(RealDate.now() + skew_ms) : new RealDate(...parts),
  get: (RealDate, name, receiver) => {
    if (name === 'now') return () => RealDate.now() + skew_ms;
    return Reflect.get(RealDate, name, receiver);
  },
});
