import type { TestProject } from 'vitest/node';
import { FUNCTIONS } from '../../infra/functions.ts';
import { openBundleFolder } from '../../infra/local/folders/open-bundle-folder.ts';
import { buildBundles } from '../../infra/local/lambda/build-bundles.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the product's bundles; there is none outside the journeys. */
    bundles: string;
  }
}

/**
 * Builds, before the journeys of a run, the bundles that all of them start. Returns how to remove
 * them.
 */
export default async function buildBundlesOnce(project: TestProject): Promise<() => void> {
  const { folder, close } = openBundleFolder();
  const build = async () => {
    await buildBundles(Object.values(FUNCTIONS), folder);
  };
  await build();
  project.onTestsRerun(build);
  project.provide('bundles', folder);
  return close;
}
