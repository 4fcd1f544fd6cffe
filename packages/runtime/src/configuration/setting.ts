import { z } from 'zod';

/** One setting and the three ways to give it. The first that is there counts: flag, variable, key in the config file. */
export interface Setting<T> {
  /** Commander's notation: `--port <number>`, or `--continuous` for a switch. */
  readonly flag: string;
  readonly variable: string;
  readonly schema: z.ZodType<T>;
  readonly about: string;
  /** An example value for the message that says how to set it. */
  readonly example: string;
  /** How the default reads in the table. */
  readonly defaultText: string;
}

interface Parts {
  readonly flag: string;
  readonly variable: string;
  readonly about: string;
  readonly example: string;
}

/** Text comes from flags and variables, numbers and booleans from a config file: both are taken. */
export const settingKinds = {
  text: (parts: Parts, fallback: string | null): Setting<string | null> => ({
    ...parts,
    schema: z.string().min(1).nullable().default(fallback),
    defaultText: fallback ?? '',
  }),
  choice: <const C extends readonly [string, ...string[]]>(
    parts: Parts,
    choices: C,
    fallback: C[number],
  ): Setting<C[number]> => ({
    ...parts,
    about: `${parts.about}: ${choices.join(', ')}`,
    schema: z
      .unknown()
      .transform((value) => value ?? fallback)
      .pipe(z.enum(choices)),
    defaultText: fallback,
  }),
  integer: (parts: Parts, bounds: { min: number; max: number }, fallback: number): Setting<number> => ({
    ...parts,
    schema: z.preprocess((value) => toNumber(value ?? fallback), z.number().int().min(bounds.min).max(bounds.max)),
    defaultText: String(fallback),
  }),
  fraction: (parts: Parts, fallback: number): Setting<number> => ({
    ...parts,
    schema: z.preprocess((value) => toNumber(value ?? fallback), z.number().min(0).max(1)),
    defaultText: String(fallback),
  }),
  list: (parts: Parts, fallback: readonly string[]): Setting<readonly string[]> => ({
    ...parts,
    schema: z
      .unknown()
      .transform((value) =>
        typeof value === 'string' ? value.split(/[,+]/).map((part) => part.trim()) : (value ?? fallback),
      )
      .pipe(z.array(z.string().min(1)).max(20).readonly()),
    defaultText: fallback.join(','),
  }),
  toggle: (parts: Parts): Setting<boolean> => ({
    ...parts,
    schema: z
      .unknown()
      .transform((value) => (value === undefined ? false : TRUTHS.get(String(value).toLowerCase())))
      .pipe(z.boolean({ error: 'expected true or false' })),
    defaultText: 'false',
  }),
};

const TRUTHS = new Map([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['0', false],
  ['no', false],
  ['off', false],
  ['', false],
]);

/** Text that is a plain decimal number becomes one; everything else is left for the schema to refuse. */
function toNumber(value: unknown): unknown {
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
}
