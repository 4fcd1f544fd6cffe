import { SlipstreamError } from '@slipstream/shared';
import type { FieldEdit } from '../service/receipts-service.ts';

/** `field=value`; the value may hold further signs of equality. */
export function setChange(text: string): FieldEdit {
  const at = text.indexOf('=');
  if (at > 0) return { op: 'set', path: text.slice(0, at).trim(), value: text.slice(at + 1) };
  throw new SlipstreamError('REQUEST_INVALID', `${text} sets nothing: write field=value, such as total=12.30.`);
}
