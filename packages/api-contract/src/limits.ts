/** Rows of one page of a list. */
export const PAGE_ROWS_MAX = 200;

/** Bytes of a photograph in one request: Lambda takes 6 MiB and gets it as base64, a third longer. Larger ones go by POST /uploads. */
export const BODY_BYTES_MAX = 4_400_000;
