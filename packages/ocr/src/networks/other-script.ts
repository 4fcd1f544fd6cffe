/**
 * From this share of unread text on, by its length, the text is in another script: of 116 receipts in Latin script none
 * had more than .12, and of drawn ones in scripts without letters here none less.
 */
export const OTHER_SCRIPT_MIN = 0.4;
