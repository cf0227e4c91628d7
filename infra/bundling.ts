import { join } from 'node:path';

/** The esbuild options of every bundle, deployed or local. Why each: DECISIONS.md, "Bundles". */
export const BUNDLING = {
  platform: 'node',
  format: 'cjs',
  target: 'node24',
  minify: true,
  sourcemap: 'external',
  sourcesContent: false,
  mainFields: ['module', 'main'],
  supported: { 'dynamic-import': false },
  alias: {
    '@aws-sdk/credential-provider-node': join(import.meta.dirname, 'lambda-credentials.ts'),
  },
} as const;
