/** The kinds of image that Slipstream takes; what an engine can read of them is the engine's business. */
export const IMAGE_TYPES = ['jpeg', 'png', 'webp', 'tiff', 'heic', 'avif', 'gif', 'bmp', 'pdf', 'xml'] as const;

export type ImageType = (typeof IMAGE_TYPES)[number];

/** The media type under which an image is served. */
export const MEDIA_TYPES: Readonly<Record<ImageType, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  tiff: 'image/tiff',
  heic: 'image/heic',
  avif: 'image/avif',
  gif: 'image/gif',
  bmp: 'image/bmp',
  pdf: 'application/pdf',
  xml: 'application/xml',
};
