/** What has no total or date comes below all that have one. */
export const NO_TOTAL_RANK = -1_000_000_000_000_000n;
export const NO_DATE_RANK = '0000-00-00';
