/** `accurate` reads far better and gives a box a word; `fast` gives a box a character. */
export type RecognitionLevel = 'accurate' | 'fast';

/** `[x, y]`, normalised to 0..1 of the upright image; the origin is its top left. */
export type Point = [x: number, y: number];

/** Corners of the text as it is read: top left, top right, bottom right, bottom left. */
export type Quad = [topLeft: Point, topRight: Point, bottomRight: Point, bottomLeft: Point];

/** A rectangle of the upright image, normalised to 0..1, origin top left. */
export interface Region {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface RecognizeOptions {
  /** Default `accurate`. */
  level?: RecognitionLevel;
  /** BCP 47 codes in order of preference, each one of `supportedLanguages(level)`. Default: Vision's own. */
  languages?: readonly string[];
  /** Whether Vision corrects what it read by its language model. Default true. */
  languageCorrection?: boolean;
  /** Words that Vision shall know beside its lexicon, such as merchants' names. Used with language correction only. */
  customWords?: readonly string[];
  /** Text lower than this share of the height of the image is ignored. Default 0.008. */
  minimumTextHeight?: number;
  /** Read this part of the image only. The quads stay those of the whole image. */
  regionOfInterest?: Region;
  /** Look for the sheet of paper in the same pass: `document` in the result. Default false. */
  detectDocument?: boolean;
  /** Where accurate recognition fails, read once more with `fast`, and say so in the result. Default false. */
  fallbackToFast?: boolean;
  signal?: AbortSignal;
  /** Gives up after this many milliseconds at work; waiting for a place is not counted. Default: none in this process. */
  timeoutMs?: number;
}

export interface Word {
  text: string;
  /** Vision rates lines, not words. */
  confidence: null;
  quad: Quad;
  /** True where Vision gave no box and this one was laid out along the line. */
  estimated?: true;
}

export interface Character {
  /** One character as a reader counts them; may be several UTF-16 units. */
  text: string;
  quad: Quad;
  estimated?: true;
}

export interface Line {
  text: string;
  /** 0..1. Accurate recognition says little more than 0.3, 0.5 and 1. */
  confidence: number;
  quad: Quad;
  words: Word[];
  /** Only with `fast`, where Vision knows them. */
  characters?: Character[];
}

export interface Recognition {
  /** Pixels of the upright image. */
  width: number;
  height: number;
  /** EXIF orientation of the file, 1 to 8; already applied to everything here. */
  orientation: number;
  /** Revision of Vision's text recogniser. */
  revision: number;
  /** The level that gave this result. */
  level: RecognitionLevel;
  lines: Line[];
  /** Corners of the sheet of paper, where one was asked for and found. */
  document?: Quad;
  /** Present where accurate recognition failed and fast recognition stood in for it. */
  fallback?: { from: 'accurate'; reason: string };
}

export type Info =
  | {
      available: true;
      /** Version of macOS as people read it. */
      systemVersion: string;
      /** Default revision of Vision's text recogniser. */
      revision: number;
      /** File of the native addon. */
      addon: string;
    }
  | { available: false; reason: string };

export interface MacVision {
  /**
   * Reads the text of an image. Takes a whole file, undecoded (HEIC, JPEG, PNG, TIFF, WebP), as bytes or by its path.
   * An image without text has no lines; a failure is always a rejection, with a `MacVisionError` or, where the signal
   * fired, with the signal's reason.
   */
  recognizeText(image: Uint8Array | string, options?: RecognizeOptions): Promise<Recognition>;
  /** BCP 47 codes that Vision can read at this level. */
  supportedLanguages(level?: RecognitionLevel): Promise<readonly string[]>;
  /** Loads the models, so that the first image does not wait for it: up to a minute after an update of macOS. */
  prewarm(level?: RecognitionLevel): Promise<void>;
  /** Whether Vision can be used here, and why not. Never throws. */
  info(): Info;
  /** Refuses further work and waits for what is under way. */
  close(): Promise<void>;
}

export interface MacVisionSettings {
  /** Images at once, 1 to 4. Default 1: Vision is bound by one engine and dead-locks from five on. */
  concurrency?: number;
  /**
   * Run in a child process, which is replaced when it crashes, hangs or fails: the worst image costs itself only.
   * Default false.
   */
  isolated?: boolean;
  /** With `isolated`: how long a new child may take for its first image, which loads the models. Default 180,000. */
  firstTimeoutMs?: number;
  /** With `isolated`: how long a child may take for any later image. Default 30,000. */
  timeoutMs?: number;
}
