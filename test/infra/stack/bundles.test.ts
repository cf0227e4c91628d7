import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import { ChannelFunction } from '../../../infra/constructs/channel-function.ts';
import { FUNCTIONS } from '../../../infra/functions.ts';
import { insideBundle } from '../../support/inside-bundle.ts';
import { openApp } from '../../support/synth-stack.ts';

test('the deployed bundles are byte for byte those of the local runtime and the tests', async () => {
  const app = openApp();
  const spec = FUNCTIONS.webhook;
  new ChannelFunction(new Stack(app, 'one'), 'webhook', { spec, environment: {} });
  app.synth();
  const [asset = ''] = globSync('asset.*/index.js', { cwd: app.outdir });
  const deployed = join(app.outdir, asset);
  const { text } = await insideBundle(spec.entry);
  expect(hashOf(readFileSync(deployed, 'utf8'))).toBe(hashOf(text)); // hashes, because a difference of bundles is unreadable
});

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
