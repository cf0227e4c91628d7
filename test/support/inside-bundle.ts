import { build } from 'esbuild';
import { BUNDLING } from '../../infra/bundling.ts';

/** The files of ours and of packages that are in the bundle of an entry, and the bundle's text. */
export async function insideBundle(entry: string): Promise<{ files: string[]; text: string }> {
  const { metafile, outputFiles } = await build({
    ...BUNDLING,
    mainFields: [...BUNDLING.mainFields],
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    outdir: 'unused',
  });
  const [bundle] = Object.entries(metafile.outputs).filter(([name]) => name.endsWith('.js'));
  const files = Object.entries(bundle?.[1].inputs ?? {})
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([name]) => name);
  return { files, text: outputFiles.find(({ path }) => path.endsWith('.js'))?.text ?? '' };
}
