export { Random } from '@slipstream/testing';
