import { type SlipstreamError, systemClock } from '@slipstream/shared';
import { FakeClock } from '@slipstream/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Attempt, callAws } from '../src/calls/call-aws.ts';

const HOUR_MS = 3_600_000;

function awsError(name: string, status: number | null, more: object = {}): Error {
  const metadata = status === null ? {} : { httpStatusCode: status };
  return Object.assign(new Error(`${name} happened`), { name, $metadata: metadata, ...more });
}
const throttled = () => awsError('ThrottlingException', 400);
const unanswered = () => awsError('TimeoutError', null);

describe('callAws', () => {
  let clock: FakeClock;
  let attempts: Attempt[];
  beforeEach(() => {
    clock = new FakeClock();
    attempts = [];
  });

  /** Fails with each of the errors in turn, then answers. */
  const failing = (errors: readonly Error[]) => async (attempt: Attempt) => {
    const error = errors[attempts.push(attempt) - 1];
    if (error !== undefined) throw error;
    return 'answer';
  };
  const call = (errors: readonly Error[], options: object = {}, bounds: object = {}): Promise<string> =>
    callAws({ what: 'reading', send: failing(errors), ...options }, { clock, random: () => 1, ...bounds });
  const failure = async (promise: Promise<unknown>): Promise<SlipstreamError> => {
    const caught = promise.then(
      () => expect.fail('it succeeded'),
      (error: SlipstreamError) => error,
    );
    await clock.advance(HOUR_MS);
    return caught;
  };

  it('answers at once where nothing fails', async () => {
    expect(await call([])).toBe('answer');
    expect(attempts).toHaveLength(1);
  });

  it.each([
    ['throttling', throttled()],
    ['a conflict of transactions', awsError('TransactionConflictException', 400)],
    [
      'a transaction cancelled by another',
      awsError('TransactionCanceledException', 400, {
        CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
      }),
    ],
    ['a conditional put that met another', awsError('ConditionalRequestConflict', 409)],
    ['a failure of AWS', awsError('InternalError', 500)],
    ['a time-out', unanswered()],
    ['a connection that was reset', Object.assign(new Error('reset'), { code: 'ECONNRESET' })],
    ['a server that is not there', Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })],
    ['a clock that the SDK has just set right', clockCorrected()],
  ])('makes the call again after %s', async (_, error) => {
    const answer = call([error, error]);
    await clock.advance(HOUR_MS);
    expect(await answer).toBe('answer');
    expect(attempts).toHaveLength(3);
  });

  it.each([
    ['AccessDeniedException', 400, 'ACCESS_DENIED'],
    ['ValidationException', 400, 'REQUEST_INVALID'],
    ['ExpiredTokenException', 400, 'CREDENTIALS_EXPIRED'],
    ['ResourceNotFoundException', 400, 'ACCESS_DENIED'],
    ['InvalidSignatureException', 400, 'CREDENTIALS_EXPIRED'],
  ])('does not repeat what %s refused', async (name, status, code) => {
    expect(await failure(call([awsError(name, status)]))).toMatchObject({ code });
    expect(attempts).toHaveLength(1);
  });

  it('does not repeat a transaction with a condition that does not hold', async () => {
    const CancellationReasons = [{ Code: 'TransactionConflict' }, { Code: 'ConditionalCheckFailed' }];
    await failure(call([awsError('TransactionCanceledException', 400, { CancellationReasons })]));
    expect(attempts).toHaveLength(1);
  });

  it('gives up after some attempts, with an error that says to try later', async () => {
    const error = await failure(call(Array.from({ length: 50 }, throttled)));
    expect(error).toMatchObject({ code: 'STORE_BUSY', retry: 'later' });
    expect(attempts.length).toBeGreaterThan(3);
    expect(attempts.length).toBeLessThan(10);
  });

  it('waits between attempts, ever longer and never the same', async () => {
    const times: number[] = [];
    const random = (() => {
      let n = 0;
      return () => [0.9, 0.1, 0.5, 0.7][n++ % 4] ?? 0;
    })();
    const send = async () => {
      times.push(clock.monotonic());
      throw throttled();
    };
    await failure(callAws({ what: 'x', send }, { clock, random }));
    const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(waits).toEqual([270, 60, 600, 1_680, 4_320]);
  });

  it('that is never answered is given up, as the store’s failure and not for want of time', async () => {
    const send = ({ signal }: Attempt) =>
      new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const error = await failure(callAws({ what: 'reading', send }, { clock }));
    expect(error).toMatchObject({ code: 'STORE_UNAVAILABLE', retry: 'later' });
  });

  describe('with a deadline', () => {
    it('makes no call when it is over', async () => {
      const bounds = { deadline: () => clock.now() };
      await expect(call([], {}, bounds)).rejects.toMatchObject({ code: 'TIME_EXHAUSTED', retry: 'later' });
      expect(attempts).toEqual([]);
    });

    it('calls off an attempt that takes longer', async () => {
      const send = ({ signal }: Attempt) =>
        new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      const at = clock.now() + 3_000;
      const error = await failure(callAws({ what: 'reading', send }, { clock, deadline: () => at }));
      expect(error.code).toBe('TIME_EXHAUSTED');
    });

    it('starts no wait that would outlast it', async () => {
      const at = clock.now() + 200;
      expect(await failure(call([throttled()], {}, { deadline: () => at }))).toMatchObject({ code: 'STORE_BUSY' });
      expect(attempts).toHaveLength(1);
    });

    it('leaves the signal alone once the call has been answered: a body is read afterwards', async () => {
      let signal: AbortSignal | null = null;
      await callAws(
        {
          what: 'x',
          send: async (attempt) => {
            signal = attempt.signal;
          },
        },
        { clock: systemClock, deadline: () => Date.now() + 30 },
      );
      await new Promise((resolve) => setTimeout(resolve, 80));
      expect(signal).toMatchObject({ aborted: false });
    });
  });

  it('says so when the caller calls it off', async () => {
    const caller = new AbortController();
    const answer = call([throttled(), throttled()], { signal: caller.signal });
    const error = failure(answer);
    caller.abort();
    expect(await error).toMatchObject({ code: 'ABORTED' });
  });

  describe('in doubt', () => {
    it('tells an attempt that an earlier one may have had its effect', async () => {
      const answer = call([throttled(), unanswered(), throttled()]);
      await clock.advance(HOUR_MS);
      await answer;
      expect(attempts.map(({ isInDoubt }) => isInDoubt)).toEqual([false, false, true, true]);
    });

    it('does not repeat what must not happen twice, but repeats what was refused', async () => {
      const error = await failure(call([throttled(), unanswered()], { isRepeatable: false }));
      expect(error).toMatchObject({ code: 'STORE_UNAVAILABLE', retry: 'later' });
      expect(attempts).toHaveLength(2);
    });
  });
});

function clockCorrected(): Error {
  const error = awsError('InvalidSignatureException', 400);
  return Object.assign(error, { $metadata: { httpStatusCode: 400, clockSkewCorrected: true } });
}
