import * as z from 'zod';
import { invoiceSchema } from './invoice.ts';
import { probabilitySchema, sha256Schema } from './primitives.ts';
import { storedObject } from './stored-object.ts';

/** Bounds of one OCR document; a page of small print has some 5,000 words. */
export const OCR_LINES_MAX = 20_000;
export const OCR_WORDS_PER_LINE_MAX = 1_000;
export const OCR_TEXT_LENGTH_MAX = 10_000;
/** Pages of one file that are read; a longer one is refused. */
export const OCR_PAGES_MAX = 20;
const OCR_PASSES_MAX = 100;
const OCR_ALTERNATIVES_MAX = 20;
export const OCR_CODES_MAX = 100;
/** A QR code of version 40 holds at most 7,089 digits. */
export const OCR_CODE_PAYLOAD_LENGTH_MAX = 8_000;

/** A coordinate, normalised to the upright original image; engines may reach a little past the edge. */
const coordinateSchema = z.number().min(-1).max(2);
export const pointSchema = z.tuple([coordinateSchema, coordinateSchema]);

/**
 * Top-left, top-right, bottom-right, bottom-left of the text as read, normalised to 0..1 of the upright original
 * image with the origin at its top left.
 */
export const quadSchema = z.tuple([pointSchema, pointSchema, pointSchema, pointSchema]);

/** Another text that a word may have, and how likely it is beside the one that was read. */
export const ocrAlternativeSchema = storedObject({
  text: z.string().min(1).max(OCR_TEXT_LENGTH_MAX),
  probability: probabilitySchema,
});

export const ocrWordSchema = storedObject({
  text: z.string().max(OCR_TEXT_LENGTH_MAX),
  /** null where the engine gives none for a word (Apple Vision rates lines only). */
  confidence: probabilitySchema.nullable(),
  quad: quadSchema,
  /** True where the engine gave no box and this one was interpolated. */
  estimated: z.boolean().optional(),
  /** Of figures that the engine was not sure of, the likeliest first; absent where there is none. */
  alternatives: z.array(ocrAlternativeSchema).max(OCR_ALTERNATIVES_MAX).optional(),
});

/** Index into `pages`. */
const pageIndexSchema = z
  .int()
  .min(0)
  .max(OCR_PAGES_MAX - 1);
/** Index into `engines`. */
const engineIndexSchema = z.int().min(0).max(9);

export const ocrLineSchema = storedObject({
  text: z.string().max(OCR_TEXT_LENGTH_MAX),
  confidence: probabilitySchema,
  quad: quadSchema,
  words: z.array(ocrWordSchema).max(OCR_WORDS_PER_LINE_MAX),
  /** The page that the quads are relative to; absent: the first. */
  page: pageIndexSchema.optional(),
  /** Which of `engines` read it; absent: `engine`. */
  engine: engineIndexSchema.optional(),
});

/** One receipt on the image: its outline and the half-open range `[from, to)` of its lines. */
export const ocrRegionSchema = storedObject({
  quad: quadSchema,
  lines: z.tuple([z.int().min(0), z.int().min(0)]),
});

export const ocrPageSchema = storedObject({
  /** Pixels of the upright page. */
  width: z.int().min(1).max(1_000_000),
  height: z.int().min(1).max(1_000_000),
  /** EXIF orientation of the file, 1 to 8; the quads are upright already. */
  orientation: z.int().min(1).max(8),
});

export const ocrEngineSchema = storedObject({
  name: z.string().min(1).max(100),
  version: z.string().max(100),
  level: z.string().max(100),
  languages: z.array(z.string().max(50)).max(100),
  /** Why it read worse than it can, or in place of a better one; absent where it was well. */
  degraded: z.string().max(500).optional(),
});

/** A zone that was read again, why, and whether what was read replaced what stood there. */
export const ocrPassSchema = storedObject({
  page: pageIndexSchema,
  quad: quadSchema,
  engine: engineIndexSchema,
  reason: z.string().min(1).max(200),
  taken: z.boolean(),
});

/** A bar code or QR code; `kind` in lower case: `qr`, `ean13`, `code128`, `pdf417`. */
export const ocrCodeSchema = storedObject({
  page: pageIndexSchema,
  quad: quadSchema,
  kind: z.string().min(1).max(50),
  payload: z.string().max(OCR_CODE_PAYLOAD_LENGTH_MAX),
});

/** What is wrong with the photograph itself: each 0 (nothing) to 1 (unreadable), measured before anything is read. */
export const ocrQualitySchema = storedObject({
  blur: probabilitySchema,
  dark: probabilitySchema,
  glare: probabilitySchema,
  cut: probabilitySchema,
  /** Too few pixels. */
  small: probabilitySchema.optional(),
});

/** What an OCR engine read on one image: `ocr/{image_id}/{job_id}/{attempt}.json.gz`. Lines are in reading order. */
export const ocrDocumentSchema = storedObject({
  schema_version: z.literal(1),
  image: storedObject({
    /** Pixels of the upright image. */
    width: z.int().min(1).max(1_000_000),
    height: z.int().min(1).max(1_000_000),
    /** EXIF orientation of the file, 1 to 8; the quads are upright already. */
    orientation: z.int().min(1).max(8),
    sha256: sha256Schema,
    /** The file ends before its image does: what stood on the rest was not read. */
    truncated: z.boolean().optional(),
  }),
  engine: ocrEngineSchema,
  lines: z.array(ocrLineSchema).max(OCR_LINES_MAX),
  regions: z.array(ocrRegionSchema).max(1_000),
  /** All pages, the first of them being `image`; absent: one page. */
  pages: z.array(ocrPageSchema).min(1).max(OCR_PAGES_MAX).optional(),
  /** All engines that read lines of it, the first of them being `engine`; absent: one engine. */
  engines: z.array(ocrEngineSchema).min(1).max(10).optional(),
  passes: z.array(ocrPassSchema).max(OCR_PASSES_MAX).optional(),
  codes: z.array(ocrCodeSchema).max(OCR_CODES_MAX).optional(),
  quality: ocrQualitySchema.optional(),
  /** Where the file is or holds an e-invoice: what counts then; lines may be missing. */
  invoice: invoiceSchema.optional(),
});

export type Point = z.infer<typeof pointSchema>;
export type Quad = z.infer<typeof quadSchema>;
export type OcrAlternative = z.infer<typeof ocrAlternativeSchema>;
export type OcrWord = z.infer<typeof ocrWordSchema>;
export type OcrLine = z.infer<typeof ocrLineSchema>;
export type OcrRegion = z.infer<typeof ocrRegionSchema>;
export type OcrDocument = z.infer<typeof ocrDocumentSchema>;
export type OcrPage = z.infer<typeof ocrPageSchema>;
export type OcrEngineFacts = z.infer<typeof ocrEngineSchema>;
export type OcrPass = z.infer<typeof ocrPassSchema>;
export type OcrCode = z.infer<typeof ocrCodeSchema>;
export type OcrQuality = z.infer<typeof ocrQualitySchema>;
