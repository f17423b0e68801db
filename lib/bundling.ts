/** How esbuild makes one ES module of a handler; the tests build the same. */
export const BUNDLING = {
  format: 'esm' as const,
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  keepNames: true,
  loader: { '.sql': 'text' as const },
  // CommonJS parts of a bundle ask for Node's own modules by require.
  banner: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
};
