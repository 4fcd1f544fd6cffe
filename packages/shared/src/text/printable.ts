/** Whole sequences that a terminal obeys, so that what is left of them does not stand in the text as rubbish. */
const SEQUENCES = [
  // CSI: colours, cursor, erase (ECMA-48, 5.4).
  String.raw`(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]`,
  // OSC, DCS, SOS, PM and APC with their terminator: titles, clipboard, links (ECMA-48, 8.3).
  String.raw`(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0000-\u001f\u007f-\u009f]*(?:\u0007|\u001b\\|\u009c)`,
  // Every other escape: reset, character sets, keypad.
  String.raw`\u001b[ -/]*[0-~]`,
];
/** Seen by nobody and harmless in words of Persian, Hindi or emoji: joiners, variation selectors, soft hyphen. */
const INVISIBLE_IN_WORDS = /\u00ad|\u200c|\u200d|[\ufe00-\ufe0f]/gu;
const SPACES = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
/**
 * Controls (Cc), invisible formatting such as direction overrides and zero-width spaces (Cf), halves of characters (Cs),
 * private and unassigned ones, and all others that Unicode lets a font leave out (UAX #44, Default_Ignorable).
 */
const NOT_TEXT = String.raw`[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]`;
const STEERING = new RegExp(`${SEQUENCES.join('|')}|${NOT_TEXT}`, 'gu');
/** Marks that are piled on one letter paint over the lines above; no script writes more than a few. */
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu;

/**
 * Outside text as one line of nothing but text: labels, names, file names and messages can neither steer a terminal nor
 * show in another order than they are stored. What is taken out leaves a `�`, so that a person sees that it was there.
 */
export function printable(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(INVISIBLE_IN_WORDS, '')
    .replace(STEERING, (found) => (isSpace(found) ? found : '\ufffd'))
    .replace(SPACES, ' ')
    .replace(PILED_MARKS, '$1');
}

/** JSON for a terminal or a log: what is not text stands in it as `\u…`, which reads back as the same value. */
export function printableJson(json: string): string {
  return PLAIN_LINES.test(json) ? json : json.replace(NOT_TEXT_IN_JSON, escaped);
}

const PLAIN = /^[ -~]*$/;
const PLAIN_LINES = /^[\n -~]*$/;
const NOT_TEXT_IN_JSON = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

function isSpace(found: string): boolean {
  return /^[\t\n\v\f\r\u0085\u2028\u2029]$/u.test(found);
}

/** Line ends and tabs between values are JSON's own; those within values were escaped by JSON already. */
function escaped(character: string): string {
  if (character === '\n' || character === '\t') return character;
  return [...Array(character.length).keys()]
    .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
    .join('');
}
