/** `Promise.all` over a map with so many at once, and the same as a stream in order (`p-map`). */
export { default as mapBounded, pMapIterable as mapInOrder } from 'p-map';
