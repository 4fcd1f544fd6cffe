/**
 * A list of terms, parted by bars that stand between blanks. Each term is the source of a regular expression over
 * folded text (see `fold`), so that bars without blanks, escapes and brackets are its own.
 */
export function terms({ raw }: TemplateStringsArray): readonly string[] {
  return (raw[0] ?? '')
    .split(/\s+\|\s+/)
    .map((term) => term.trim())
    .filter((term) => term !== '');
}
