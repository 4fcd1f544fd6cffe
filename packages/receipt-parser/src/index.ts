export { parseDocument } from './parse-document.ts';
export { sroieBoxesToOcrDocument } from './sroie/sroie-boxes.ts';
