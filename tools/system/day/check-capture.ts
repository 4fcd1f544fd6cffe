import { cutText, textWidth } from '@slipstream/terminal';

export interface Capture {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Lines that are wider than the terminal, figures that were cut, an exit code that is not expected. */
export function checkCapture(
  name: string,
  { code, lines }: { readonly code: number | null; readonly lines: readonly string[] },
  columns: number,
  codes: readonly number[],
): readonly string[] {
  const where = `${name} at ${columns}`;
  const wide = lines.filter((line) => textWidth(line) > columns && line.trim().includes(' '));
  const broken = lines.filter((line) => /\d…/.test(line) && /\d[.,]\d*…/.test(line));
  return [
    ...wide.map((line) => `${where}: wider than the terminal: ${cutText(line, 200)}`),
    ...broken.map((line) => `${where}: a figure is cut: ${line}`),
    ...(codes.includes(code ?? -1) ? [] : [`${where}: ended with ${code}: ${lines.at(-1) ?? ''}`]),
  ];
}

const SNAKE_CASE = /^[a-z][a-z0-9_]*$/;

/** JSON that cannot be read, or whose keys are not in snake_case; names that are data, such as a queue's, are no keys. */
export function checkJson(name: string, { code, out, err }: Capture): readonly string[] {
  if (code !== 0) return [`${name} --json ended with ${code}: ${err}`];
  try {
    return [...new Set(keysOf(JSON.parse(out)))]
      .filter((key) => !SNAKE_CASE.test(key))
      .map((key) => `${name} --json: ${key}`);
  } catch {
    return [`${name} --json is no JSON: ${out.slice(0, 200)}`];
  }
}

function keysOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(keysOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
}
