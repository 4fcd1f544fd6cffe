import type { AllCores } from './all-cores.ts';

/** A figure with its bar. `steady`: it depends neither on what else the machine does nor on how few images were read. */
export interface Bar {
  readonly what: string;
  readonly value: number;
  readonly kind: 'at least' | 'at most';
  readonly bar: number;
  readonly steady: boolean;
}

/** Of one engine, image by image: means. */
export interface EngineRow {
  readonly engine: string;
  readonly images: number;
  readonly word_recall: number | null;
  readonly cpu_s: number;
}

/** Of the words that a person transcribed. */
const WORD_RECALL_MIN = 0.89;
/** Of Tesseract's, in the same run. */
const CPU_SHARE_MAX = 0.8;
/** On fewer images it is the opening of the engines that is measured. */
const CPU_IMAGES_MIN = 20;
/** Of each core, up to the two that the bar was set for. */
const BUSY_SHARE_MIN = 0.85;
const BUSY_CORES_MAX = 2;
const PEAK_MB_MAX = 1_500;
const FIRST_S_MAX = 3;

/** The bars of PP-OCR, as far as this run measured them. */
export function barsOf(rows: readonly EngineRow[], all_cores: readonly AllCores[], cores: number): Bar[] {
  const bars: Bar[] = [];
  // Without /proc the figures are this process's alone, and engines' children are where the work is.
  const isWhole = all_cores.some(({ peak_mb }) => peak_mb !== null);
  const ppocr = rows.find(({ engine }) => engine.startsWith('ppocr'));
  const tesseract = rows.find(({ engine }) => engine.startsWith('tesseract'));
  if (ppocr?.word_recall != null) {
    const value = ppocr.word_recall;
    bars.push({ what: 'ppocr, word recall', value, kind: 'at least', bar: WORD_RECALL_MIN, steady: true });
  }
  if (isWhole && ppocr !== undefined && tesseract !== undefined && tesseract.cpu_s > 0) {
    const value = ppocr.cpu_s / tesseract.cpu_s;
    bars.push({
      what: 'ppocr, CPU beside Tesseract',
      value,
      kind: 'at most',
      bar: CPU_SHARE_MAX,
      steady: ppocr.images >= CPU_IMAGES_MIN,
    });
  }
  const busy = all_cores.find(({ engine }) => engine.startsWith('ppocr'));
  if (busy === undefined) return bars;
  const { busy_cores, peak_mb, first_s } = busy;
  const busy_min = BUSY_SHARE_MIN * Math.min(cores, BUSY_CORES_MAX);
  if (isWhole)
    bars.push({ what: 'ppocr, busy cores', value: busy_cores, kind: 'at least', bar: busy_min, steady: false });
  // The bar is for two cores; each further one has a process of its own.
  const peak_max = PEAK_MB_MAX * Math.max(1, cores / BUSY_CORES_MAX);
  if (peak_mb !== null)
    bars.push({ what: 'ppocr, peak memory (MB)', value: peak_mb, kind: 'at most', bar: peak_max, steady: true });
  bars.push({ what: 'ppocr, first image (s)', value: first_s, kind: 'at most', bar: FIRST_S_MAX, steady: false });
  return bars;
}

export function isMet({ kind, value, bar }: Bar): boolean {
  return kind === 'at least' ? value >= bar : value <= bar;
}
