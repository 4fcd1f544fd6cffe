/** Who sends images on one machine. */
export const LOCAL_CALLER = 'local';
