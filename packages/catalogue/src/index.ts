export { decimalOf, microsOf } from './money/micros.ts';
export type * from './port/catalogue.ts';
export type * from './port/change.ts';
export * from './port/query.ts';
export { runSql, type SqlRows } from './sqlite/sql/run-sql.ts';
export { openSqliteCatalogue, type SqliteCatalogueOptions } from './sqlite/sqlite-catalogue.ts';
