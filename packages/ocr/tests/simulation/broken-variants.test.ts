import { describe, expect, it } from 'vitest';
import { BROKEN_VARIANTS } from '../../simulation/broken-variants.ts';
import { catchVariant } from '../../simulation/catch-variant.ts';

describe('the simulation catches an agent that', () => {
  it.each(BROKEN_VARIANTS)(
    '$name',
    async (variant) => {
      expect(await catchVariant(variant)).toMatchObject({ caught_by: expect.any(Number) });
    },
    60_000,
  );
});
