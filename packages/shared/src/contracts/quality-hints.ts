import type { OcrQuality } from './ocr-document.ts';

export interface QualityHint {
  readonly code: 'PHOTO_BLURRED' | 'PHOTO_DARK' | 'PHOTO_GLARE' | 'PHOTO_CUT_OFF' | 'PHOTO_TOO_SMALL' | 'TEXT_NOT_READ';
  /** What is wrong, and what to do when it is photographed again. */
  readonly message: string;
}

/** From here on a person is told. */
const TOLD_MIN = 0.5;

const HINTS: readonly (readonly [keyof OcrQuality, QualityHint])[] = [
  [
    'blur',
    { code: 'PHOTO_BLURRED', message: 'The photograph is blurred: hold still, tap on the text to focus, more light.' },
  ],
  ['dark', { code: 'PHOTO_DARK', message: 'The photograph is too dark: more light, or the flash from the side.' }],
  [
    'glare',
    { code: 'PHOTO_GLARE', message: 'Part of the paper is burnt out by a reflection: tilt it away from the lamp.' },
  ],
  [
    'cut',
    {
      code: 'PHOTO_CUT_OFF',
      message: 'Print reaches the edge of the photograph: step back until all of the paper is in it.',
    },
  ],
  [
    'small',
    { code: 'PHOTO_TOO_SMALL', message: 'The photograph has too few pixels: send the original, not a preview.' },
  ],
  [
    'unread',
    {
      code: 'TEXT_NOT_READ',
      message:
        'Most of the text is in a script that the engine does not read: add its language (receipt-ocr --languages eng,rus), then reprocess the image.',
    },
  ],
];

/** The hints that a record names by their codes; a code of a later release is left out. */
export function photoHints(codes: readonly string[]): QualityHint[] {
  return HINTS.flatMap(([, hint]) => (codes.includes(hint.code) ? [hint] : []));
}

/** What a person should know about a photograph; empty for a good one. It is read all the same. */
export function qualityHints(quality: OcrQuality | undefined): QualityHint[] {
  if (quality === undefined) return [];
  return HINTS.filter(([what]) => (quality[what] ?? 0) >= TOLD_MIN).map(([, hint]) => hint);
}
