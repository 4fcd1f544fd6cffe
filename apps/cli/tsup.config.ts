import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/slipstream.ts'],
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // Our own packages are sources and go into the bundle; what is native or loads files beside itself stays outside.
  noExternal: [/^@slipstream\//],
  external: ['sharp', 'tesseract.js', 'node-mac-vision'],
  // node:sqlite has no name without the prefix.
  removeNodeProtocol: false,
  // CommonJS packages in an ES module still ask for require.
  banner: {
    js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
  },
  sourcemap: true,
  clean: true,
});
