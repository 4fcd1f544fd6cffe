/**
 * Node's own modules, fetched where they are used. Importing them at the top costs 2 to 8 ms each, also in a program that
 * merely asks whether there is Vision; and `import()` would make what is synchronous wait.
 */
export const builtins = {
  childProcess: () => process.getBuiltinModule('node:child_process'),
  fs: () => process.getBuiltinModule('node:fs'),
  fsPromises: () => process.getBuiltinModule('node:fs/promises'),
  module: () => process.getBuiltinModule('node:module'),
  os: () => process.getBuiltinModule('node:os'),
  url: () => process.getBuiltinModule('node:url'),
  zlib: () => process.getBuiltinModule('node:zlib'),
};
