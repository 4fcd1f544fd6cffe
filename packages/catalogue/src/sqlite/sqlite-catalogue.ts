import type { Catalogue } from '../port/catalogue.ts';
import { type Notice, SqliteCore } from './sqlite-core.ts';
import { type AsyncCore, CORE_METHODS } from './thread/calls.ts';
import { coreInThread } from './thread/core-thread.ts';

export interface SqliteCatalogueOptions {
  /** Of its own; made when it is missing, closed to other users. */
  readonly folder: string;
  readonly onNotice?: Notice;
  /** True in a program that does nothing else meanwhile: then each call blocks it, and no thread is started. */
  readonly inProcess?: boolean;
}

/** Opens nothing before the first call. */
export function openSqliteCatalogue({
  folder,
  onNotice = () => {},
  inProcess = false,
}: SqliteCatalogueOptions): Catalogue {
  const core = inProcess ? coreHere(folder, onNotice) : coreInThread(folder, onNotice);
  return {
    apply: core.apply,
    removeImage: core.removeImage,
    list: core.list,
    spending: core.spending,
    scan: core.scan,
    check: core.check,
    status: core.status,
    close: core.close,
    rebuild: async () => ({
      resumedFrom: await core.openBuild(),
      apply: core.applyToBuild,
      saveProgress: core.saveBuild,
      publish: core.publishBuild,
      close: core.closeBuild,
    }),
  };
}

function coreHere(folder: string, notice: Notice): AsyncCore {
  let core: SqliteCore | null = null;
  const methods = CORE_METHODS.map((method) => [
    method,
    async (...args: readonly never[]) => {
      core ??= new SqliteCore(folder, notice);
      const work: (...args: readonly never[]) => unknown = core[method].bind(core);
      return work(...args);
    },
  ]);
  // The table of methods relates each to what it takes and gives.
  return Object.fromEntries(methods) as AsyncCore;
}
