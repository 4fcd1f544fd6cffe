import * as z from 'zod';
import { probabilitySchema, sha256Schema } from './primitives.ts';

/** Bounds of one OCR document; a page of small print has some 5,000 words. */
export const OCR_LINES_MAX = 20_000;
export const OCR_WORDS_PER_LINE_MAX = 1_000;
export const OCR_TEXT_LENGTH_MAX = 10_000;

/** A coordinate, normalised to the upright original image; engines may reach a little past the edge. */
const coordinateSchema = z.number().min(-1).max(2);
export const pointSchema = z.tuple([coordinateSchema, coordinateSchema]);

/**
 * Top-left, top-right, bottom-right, bottom-left of the text as read, normalised to 0..1 of the upright original
 * image with the origin at its top left.
 */
export const quadSchema = z.tuple([pointSchema, pointSchema, pointSchema, pointSchema]);

export const ocrWordSchema = z.object({
  text: z.string().max(OCR_TEXT_LENGTH_MAX),
  /** null where the engine gives none for a word (Apple Vision rates lines only). */
  confidence: probabilitySchema.nullable(),
  quad: quadSchema,
  /** True where the engine gave no box and this one was interpolated. */
  estimated: z.boolean().optional(),
});

export const ocrLineSchema = z.object({
  text: z.string().max(OCR_TEXT_LENGTH_MAX),
  confidence: probabilitySchema,
  quad: quadSchema,
  words: z.array(ocrWordSchema).max(OCR_WORDS_PER_LINE_MAX),
});

/** One receipt on the image: its outline and the half-open range `[from, to)` of its lines. */
export const ocrRegionSchema = z.object({
  quad: quadSchema,
  lines: z.tuple([z.int().min(0), z.int().min(0)]),
});

/** What an OCR engine read on one image: `ocr/{image_id}/{job_id}/{attempt}.json.gz`. Lines are in reading order. */
export const ocrDocumentSchema = z.object({
  schema_version: z.literal(1),
  image: z.object({
    /** Pixels of the upright image. */
    width: z.int().min(1).max(1_000_000),
    height: z.int().min(1).max(1_000_000),
    /** EXIF orientation of the file, 1 to 8; the quads are upright already. */
    orientation: z.int().min(1).max(8),
    sha256: sha256Schema,
  }),
  engine: z.object({
    name: z.string().min(1).max(100),
    version: z.string().max(100),
    level: z.string().max(100),
    languages: z.array(z.string().max(50)).max(100),
  }),
  lines: z.array(ocrLineSchema).max(OCR_LINES_MAX),
  regions: z.array(ocrRegionSchema).max(1_000),
});

export type Point = z.infer<typeof pointSchema>;
export type Quad = z.infer<typeof quadSchema>;
export type OcrWord = z.infer<typeof ocrWordSchema>;
export type OcrLine = z.infer<typeof ocrLineSchema>;
export type OcrRegion = z.infer<typeof ocrRegionSchema>;
export type OcrDocument = z.infer<typeof ocrDocumentSchema>;
