import { SlipstreamError } from '../errors/slipstream-error.ts';

/** `REQUEST_INVALID` for no integer or less than `min`, `LIMIT_EXCEEDED` above `max`. */
export function assertLimit(name: string, value: number, min: number, max: number): void {
  if (!Number.isSafeInteger(value) || value < min) {
    throw new SlipstreamError('REQUEST_INVALID', `${name} has to be an integer of at least ${min}.`);
  }
  if (value > max) {
    throw new SlipstreamError('LIMIT_EXCEEDED', `${name} is at most ${max}.`, { details: { [name]: value, max } });
  }
}
