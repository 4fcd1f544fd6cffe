/** OpenAI: inputs of one request. */
const TEXTS_MAX = 2_048;
/** OpenAI: 300,000 tokens a request, 8,192 a text; ours stay below by what a token can be at least. */
const TOKENS_MAX = 250_000;
const TEXT_LENGTH_MAX = 8_000;
/** Receipts, which are half digits, have some 2.5 characters a token; other scripts have one. */
const ASCII_CHARACTERS_PER_TOKEN = 2;

/** More tokens than the texts can have. */
export function tokensAtMost(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + tokensOfText(text), 0);
}

/** The texts in as few requests as the provider's limits allow: one, for a receipt. */
export function inRequests(texts: readonly string[]): readonly (readonly string[])[] {
  const requests: string[][] = [];
  let tokens = Number.POSITIVE_INFINITY;
  for (const whole of texts) {
    const text = whole.slice(0, TEXT_LENGTH_MAX);
    const size = tokensOfText(text);
    const last = requests.at(-1);
    if (last === undefined || last.length === TEXTS_MAX || tokens + size > TOKENS_MAX) {
      requests.push([text]);
      tokens = size;
    } else {
      last.push(text);
      tokens += size;
    }
  }
  return requests;
}

function tokensOfText(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything that is ASCII
  const others = text.replace(/[\x00-\x7f]/g, '').length;
  return Math.ceil((text.length - others) / ASCII_CHARACTERS_PER_TOKEN) + others + 1;
}
