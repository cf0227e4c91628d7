import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { BUNDLING } from '../../../infra/bundling.ts';

test('the bundle holds neither classic zod nor the clients of other rooms', async () => {
  const { mainFields, ...options } = BUNDLING;
  const { metafile } = await build({
    ...options,
    mainFields: [...mainFields],
    entryPoints: ['functions/channels/main.ts'],
    bundle: true,
    write: false,
    metafile: true,
    outdir: 'unused',
  });
  const [bundle] = Object.entries(metafile.outputs).filter(([name]) => name.endsWith('.js'));
  const inside = Object.entries(bundle?.[1].inputs ?? {})
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([name]) => name);

  expect(inside).toContainEqual(expect.stringContaining('zod/v4/mini'));
  expect(
    inside.filter((name) => /zod\/v4\/classic|client-sqs|zod\/v4\/locales/.test(name)),
  ).toEqual([]);
  expect(inside.filter((name) => /^functions\/(?!channels|chain)/.test(name))).toEqual([]);
});
