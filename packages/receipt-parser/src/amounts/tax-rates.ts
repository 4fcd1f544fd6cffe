/** The highest rate of a value added tax in use, in per cent: Hungary's. */
const VAT_RATE_MAX = 27;

/** The largest part of a price that a contained tax can be. */
export const CONTAINED_TAX_MAX = VAT_RATE_MAX / (100 + VAT_RATE_MAX);
