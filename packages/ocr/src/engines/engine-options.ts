export const ENGINE_NAMES = ['auto', 'apple-vision', 'ppocr', 'tesseract', 'null'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** What a person chooses about any engine. */
export interface EngineOptions {
  /** In the engine's own codes; none leaves it to the engine. */
  readonly languages: readonly string[];
  /** Images read at once; 0 leaves it to the engine. */
  readonly concurrency: number;
  /** For one image. */
  readonly timeoutMs: number;
  /** Words that no lexicon has, such as merchants' names; used by engines that can. */
  readonly customWords?: readonly string[];
  /** `auto` took another engine in the middle of the work: a sentence for a person. */
  readonly onSwitch?: (sentence: string) => void;
}
