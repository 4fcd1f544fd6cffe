import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_OWNER,
  grantOfToken,
  imageIdOf,
  LOCAL_CALLER,
  LOCAL_GRANT,
  ownerOfCaller,
  ownerOfSubject,
} from '../src/index.ts';

/** Any subject; often one that looks like a name of ours. */
const subject = fc.oneof(
  fc.string({ minLength: 1, maxLength: 255 }),
  fc
    .tuple(fc.array(fc.constant('subject:'), { maxLength: 3 }), fc.constantFrom(DEFAULT_OWNER, LOCAL_CALLER, 'ada', ''))
    .map(([escapes, name]) => [...escapes, name].join('') || 'ada'),
);

describe('owners', () => {
  it('are two where the subjects are two', () => {
    fc.assert(
      fc.property(subject, subject, (one, other) => {
        fc.pre(one !== other);
        expect(ownerOfSubject(one)).not.toBe(ownerOfSubject(other));
      }),
    );
  });

  it('are neither the person of one machine nor the default owner, whatever their provider calls them', () => {
    for (const name of [LOCAL_CALLER, DEFAULT_OWNER]) {
      const grant = grantOfToken(name, undefined);
      expect([LOCAL_GRANT.caller, LOCAL_GRANT.owner_id]).not.toContain(grant.caller);
      expect([LOCAL_GRANT.caller, LOCAL_GRANT.owner_id]).not.toContain(grant.owner_id);
    }
  });

  it('have an image each of the same bytes, also where one is called as this machine’s person is', () => {
    const sha256 = 'ab'.repeat(32);
    const owners = [LOCAL_GRANT, ...[LOCAL_CALLER, DEFAULT_OWNER, 'ada'].map((name) => grantOfToken(name, undefined))];
    expect(new Set(owners.map(({ owner_id }) => imageIdOf(sha256, owner_id))).size).toBe(owners.length);
  });

  it('are found again from the caller that an upload notes', () => {
    fc.assert(
      fc.property(subject, (name) => {
        const { caller, owner_id } = grantOfToken(name, undefined);
        expect(ownerOfCaller(caller)).toBe(owner_id);
      }),
    );
    expect(ownerOfCaller(LOCAL_GRANT.caller)).toBe(LOCAL_GRANT.owner_id);
  });

  it('of subjects as providers make them are the subjects themselves', () => {
    expect(ownerOfSubject('7c9e6679-7425-40de-944b-e07fc1f90ae7')).toBe('7c9e6679-7425-40de-944b-e07fc1f90ae7');
  });
});
