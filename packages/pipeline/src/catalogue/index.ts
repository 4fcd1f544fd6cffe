export * from './catalogue-entry.ts';
export * from './catalogue-ports.ts';
export * from './compare-catalogue.ts';
export * from './create-catalogue.ts';
export * from './rebuild-catalogue.ts';
