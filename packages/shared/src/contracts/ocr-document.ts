import { z } from 'zod';
import { probability_schema, sha256_schema } from './primitives.ts';

/** Bounds of one OCR document; a page of small print has some 5,000 words. */
export const OCR_LINES_MAX = 20_000;
export const OCR_WORDS_PER_LINE_MAX = 1_000;
export const OCR_TEXT_LENGTH_MAX = 10_000;

/** A coordinate, normalised to the upright original image; engines may reach a little past the edge. */
const coordinate_schema = z.number().min(-1).max(2);
export const point_schema = z.tuple([coordinate_schema, coordinate_schema]);

/**
 * Top-left, top-right, bottom-right, bottom-left of the text as read, normalised to 0..1 of the upright original
 * image with the origin at its top left.
 */
export const quad_schema = z.tuple([point_schema, point_schema, point_schema, point_schema]);

export const ocr_word_schema = z.object({
  text: z.string().max(OCR_TEXT_LENGTH_MAX),
  /** null where the engine gives none for a word (Apple Vision rates lines only). */
  confidence: probability_schema.nullable(),
  quad: quad_schema,
  /** True where the engine gave no box and this one was interpolated. */
  estimated: z.boolean().optional(),
});

export const ocr_line_schema = z.object({
  text: z.string().max(OCR_TEXT_LENGTH_MAX),
  confidence: probability_schema,
  quad: quad_schema,
  words: z.array(ocr_word_schema).max(OCR_WORDS_PER_LINE_MAX),
});

/** One receipt on the image: its outline and the half-open range `[from, to)` of its lines. */
export const ocr_region_schema = z.object({
  quad: quad_schema,
  lines: z.tuple([z.int().min(0), z.int().min(0)]),
});

/** What an OCR engine read on one image: `ocr/{image_id}/{job_id}/{attempt}.json.gz`. Lines are in reading order. */
export const ocr_document_schema = z.object({
  schema_version: z.literal(1),
  image: z.object({
    /** Pixels of the upright image. */
    width: z.int().min(1).max(1_000_000),
    height: z.int().min(1).max(1_000_000),
    /** EXIF orientation of the file, 1 to 8; the quads are upright already. */
    orientation: z.int().min(1).max(8),
    sha256: sha256_schema,
  }),
  engine: z.object({
    name: z.string().min(1).max(100),
    version: z.string().max(100),
    level: z.string().max(100),
    languages: z.array(z.string().max(50)).max(100),
  }),
  lines: z.array(ocr_line_schema).max(OCR_LINES_MAX),
  regions: z.array(ocr_region_schema).max(1_000),
});

export type Point = z.infer<typeof point_schema>;
export type Quad = z.infer<typeof quad_schema>;
export type OcrWord = z.infer<typeof ocr_word_schema>;
export type OcrLine = z.infer<typeof ocr_line_schema>;
export type OcrRegion = z.infer<typeof ocr_region_schema>;
export type OcrDocument = z.infer<typeof ocr_document_schema>;
