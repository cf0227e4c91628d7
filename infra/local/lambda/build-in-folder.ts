import { openBundleFolder } from '../folders/open-bundle-folder.ts';
import { type Bundles, buildBundles } from './build-bundles.ts';

/** Builds every bundle into a folder of its own, which goes when what is pushed to `closing` has run. */
export function buildInFolder(
  functions: Parameters<typeof buildBundles>[0],
  closing: (() => Promise<void> | void)[],
): Promise<Bundles> {
  const bundleFolder = openBundleFolder();
  const building = buildBundles(functions, bundleFolder.folder);
  closing.push(async () => {
    await building.catch(() => {}); // or esbuild would write into a folder that is gone
    bundleFolder.close();
  });
  return building;
}
