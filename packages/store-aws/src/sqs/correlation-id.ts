/** The message attribute that a correlation id travels in. */
export const CORRELATION_ID = 'correlation_id';
