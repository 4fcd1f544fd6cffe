export { isFollowed, typeOf } from './follower.ts';
export { catalogueFollowers } from './followers/catalogue.ts';
export * from './stream-ports.ts';
export * from './stream-processor.ts';
