import { SlipstreamError } from '../errors/slipstream-error.ts';
import { TRANSACT_WRITES_MAX } from '../ports/limits.ts';
import type { Condition, RecordKey, RecordWrite, UpdateWrite } from '../ports/record-store.ts';
import { assertAttributeName, assertRecordKey, assertStorable } from './record.ts';

const KEY_ATTRIBUTES: ReadonlySet<string> = new Set(['pk', 'sk', 'revision']);
/** Attributes that a record has to have, and which an update can therefore not remove. */
const LASTING_ATTRIBUTES: ReadonlySet<string> = new Set([...KEY_ATTRIBUTES, 'type']);

/** Of the record that a write is about. */
export function keyOfWrite(write: RecordWrite): RecordKey {
  return write.kind === 'put' ? { pk: write.record.pk, sk: write.record.sk } : write.key;
}

/** What can be refused without knowing the record: `REQUEST_INVALID` or `LIMIT_EXCEEDED`. */
export function assertRecordWrite(write: RecordWrite): void {
  assertRecordKey(keyOfWrite(write));
  if (write.kind === 'put') assertStorable(write.record);
  if (write.kind === 'update') assertUpdate(write);
  if (write.condition !== undefined) assertCondition(write.condition);
}

/** 1 to `TRANSACT_WRITES_MAX` writes, each of another record. */
export function assertTransaction(writes: readonly RecordWrite[]): void {
  if (writes.length === 0) throw new SlipstreamError('REQUEST_INVALID', 'A transaction has at least one write.');
  if (writes.length > TRANSACT_WRITES_MAX) {
    throw new SlipstreamError('LIMIT_EXCEEDED', `A transaction has at most ${TRANSACT_WRITES_MAX} writes.`, {
      details: { writes: writes.length, writes_max: TRANSACT_WRITES_MAX },
    });
  }
  for (const write of writes) assertRecordWrite(write);
  const keys = new Set(writes.map((write) => JSON.stringify([keyOfWrite(write).pk, keyOfWrite(write).sk])));
  if (keys.size < writes.length) {
    throw new SlipstreamError('REQUEST_INVALID', 'A transaction writes each record at most once.');
  }
}

function assertUpdate({ set = {}, remove = [], add = {} }: UpdateWrite): void {
  const setNames = Object.keys(set).filter((name) => set[name] !== undefined);
  const names = [...setNames, ...remove, ...Object.keys(add)];
  for (const name of names) assertAttributeName(name);
  if (new Set(names).size < names.length) throw invalid('it names an attribute twice');
  if ([...setNames, ...Object.keys(add)].some((name) => KEY_ATTRIBUTES.has(name))) {
    throw invalid('keys and revision cannot be set');
  }
  if (remove.some((name) => LASTING_ATTRIBUTES.has(name)))
    throw invalid('it removes an attribute that every record has');
  if (Object.values(add).some((amount) => !Number.isFinite(amount))) throw invalid('it adds what is no number');
}

function assertCondition(condition: Condition): void {
  if (!('ifState' in condition)) return;
  for (const name of Object.keys(condition.ifState)) assertAttributeName(name);
  const choices = Object.values(condition.ifState).filter((value) => Array.isArray(value));
  if (choices.some((values) => values.length === 0)) throw invalid('a condition allows no value at all');
}

function invalid(fault: string): SlipstreamError {
  return new SlipstreamError('REQUEST_INVALID', `The write is not valid: ${fault}.`);
}
