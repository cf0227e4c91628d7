/** The esbuild options of every bundle, deployed or local. Why each: DECISIONS.md, "Bundles". */
export const BUNDLING = {
  platform: 'node',
  format: 'cjs',
  target: 'node24',
  minify: true,
  sourcemap: 'external',
  sourcesContent: false,
  mainFields: ['module', 'main'],
} as const;
