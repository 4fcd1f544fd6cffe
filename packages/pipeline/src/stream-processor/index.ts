export { isFollowed, typeOf } from './follower.ts';
export * from './stream-ports.ts';
export * from './stream-processor.ts';
