import { SlipstreamError } from '@slipstream/shared';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../src/logging/logger.ts';

const capture = () => {
  const lines: Record<string, unknown>[] = [];
  const logger = createLogger({
    name: 'test',
    level: 'info',
    destination: { write: (line: string) => void lines.push(JSON.parse(line)) },
  });
  return { logger, lines };
};

describe('createLogger', () => {
  it('redacts credentials and what stands on a receipt, also one and two levels down', () => {
    const { logger, lines } = capture();
    logger.info(
      {
        token: 'hunter2',
        request: { headers: { authorization: 'hunter2' } },
        receipt: { text: 'hunter2' },
        field: { words: 1 },
      },
      'x',
    );
    expect(JSON.stringify(lines)).not.toContain('hunter2');
    expect(lines[0]).toMatchObject({ token: '[redacted]', field: { words: 1 }, level: 'info', msg: 'x' });
  });

  it('keeps code, message and cause of an error, and the stack only of an unexpected one', () => {
    const { logger, lines } = capture();
    const cause = new SlipstreamError('STORE_BUSY', 'busy');
    logger.error(
      { error: new SlipstreamError('ENGINE_FAILED', 'it failed', { cause, details: { image_id: 'i' } }) },
      'x',
    );
    logger.error({ error: new Error('unexpected') }, 'y');
    expect(lines[0]?.error).toMatchObject({
      code: 'ENGINE_FAILED',
      retry: 'later',
      details: { image_id: 'i' },
      cause: { code: 'STORE_BUSY' },
    });
    expect(lines[0]?.error).not.toHaveProperty('stack');
    expect(lines[1]?.error).toMatchObject({ message: 'unexpected', stack: expect.stringContaining('logger.test') });
  });

  it('writes nothing below its level', () => {
    const { logger, lines } = capture();
    logger.debug('no');
    expect(lines).toEqual([]);
  });
});
