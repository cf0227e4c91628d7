import { describe, expect, test } from 'vitest';
import { FUNCTIONS, type FunctionName } from '../../../infra/functions.ts';
import { json } from '../../../infra/local/http/serve.ts';
import { STREAMED } from '../../../infra/routes.ts';
import { MAX_MEDIA_BYTES } from '../../../shared/dialog360/download-media.ts';
import { openMediaStage } from '../../functions/media/stage.ts';
import { statementsOf } from '../../support/stack-rights.ts';
import { synthStack } from '../../support/synth-stack.ts';

const synth = synthStack();
const { template, id, arn, resource, allOf } = synth;

describe('the function URL', () => {
  test('is the media function’s, streams, and asks for no AWS signature', () => {
    expect(allOf('AWS::Lambda::Url')).toEqual([
      { TargetFunctionArn: arn('media'), AuthType: 'NONE', InvokeMode: 'RESPONSE_STREAM' },
    ]);
  });

  test('may be called without an AWS signature, by both permissions that such a call needs, and only as a URL', () => {
    const open = allOf('AWS::Lambda::Permission').filter(({ Principal }) => Principal === '*');
    expect(open).toHaveLength(2);
    const ofMedia = { FunctionName: arn('media'), Principal: '*' };
    expect(open).toContainEqual({
      ...ofMedia,
      Action: 'lambda:InvokeFunctionUrl',
      FunctionUrlAuthType: 'NONE',
    });
    expect(open).toContainEqual({
      ...ofMedia,
      Action: 'lambda:InvokeFunction',
      InvokedViaFunctionUrl: true,
    });
  });

  test('is in the environment of the worker alone, without a slash at its end, and in none of what the media function needs', () => {
    const url = { 'Fn::GetAtt': [id('media/FunctionUrl'), 'FunctionUrl'] };
    const told = (Object.keys(FUNCTIONS) as FunctionName[]).filter(
      (name) => 'MEDIA_URL' in resource(name).Properties.Environment.Variables,
    );
    expect(told).toEqual(['worker']);
    const host = { 'Fn::Select': [2, { 'Fn::Split': ['/', url] }] };
    const expected = { 'Fn::Join': ['', ['https://', host]] };
    expect(resource('worker').Properties.Environment.Variables.MEDIA_URL).toEqual(expected);
    template.hasOutput('MediaUrl', { Value: expected });
    expect(needsOf('media')).not.toContain(id('media/FunctionUrl'));
  });

  test('is where infra/routes.ts says, and no API Gateway leads there', () => {
    const streaming = (Object.keys(FUNCTIONS) as FunctionName[]).filter(
      (name) => FUNCTIONS[name].streams,
    );
    expect(streaming).toEqual([STREAMED.function]);
    const routes = allOf('AWS::ApiGatewayV2::Route').map(({ RouteKey }) => RouteKey);
    expect(routes.filter((route) => route.includes('/media'))).toEqual([]);
  });

  test('has the time for the largest file at the speed that Lambda streams', () => {
    const bytesASecond = 2 * 1024 * 1024;
    const seconds = MAX_MEDIA_BYTES / bytesASecond;
    expect(FUNCTIONS.media.timeoutSeconds).toBe(180);
    expect(FUNCTIONS.media.timeoutSeconds).toBeGreaterThan(2 * seconds);
  });
});

/** Everything in the template that a resource is made after, however far back. */
function needsOf(path: string): string[] {
  const { Resources } = template.toJSON();
  const seen = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const name = key === 'Ref' ? inner : key === 'Fn::GetAtt' ? inner[0] : null;
      if (name in Resources && !seen.has(name)) {
        seen.add(name);
        walk(Resources[name]);
      } else walk(inner);
    }
  };
  walk(resource(path));
  return [...seen];
}

describe('its rights', () => {
  const stage = openMediaStage();

  test('suffice for a day full of trouble, item by item', async () => {
    const channel = await stage.channel();
    const used: { action: string; key: string }[] = [];
    stage.table.client.middlewareStack.add(
      (next, { commandName = '' }) =>
        (call) => {
          const { Key } = call.input as { Key: { pk: string } };
          const action = `dynamodb:${commandName.replace('Command', '')}`;
          used.push({ action, key: Key.pk });
          return next(call);
        },
      { step: 'initialize', name: 'watch' },
    );
    expect((await stage.ask(stage.link(channel, stage.file('a')))).status).toBe(200);
    expect((await stage.ask(stage.link(channel, '99'))).status).toBe(404);
    expect(
      (await stage.ask(stage.link({ ...channel, id: `ch_${'0'.repeat(20)}` }, '1'))).status,
    ).toBe(404);
    stage.provider.onRequest(() => json(429, {}));
    expect((await stage.ask(stage.link(channel, stage.file('b')))).status).toBe(503);
    stage.table.client.middlewareStack.remove('watch');

    const allowed = statementsOf(synth, 'media');
    for (const { action, key } of used) {
      const covered = allowed.some(
        ({ actions, partitions }) =>
          actions.includes(action) &&
          (partitions ?? []).some((form) => key.startsWith(form.replace(/\*$/, ''))),
      );
      expect(covered, `${action} ${key}`).toBe(true);
    }
    expect(new Set(used.map(({ action }) => action))).toEqual(
      new Set(['dynamodb:GetItem', 'dynamodb:UpdateItem']),
    );
    expect(used.filter(({ action }) => action === 'dynamodb:UpdateItem')).toHaveLength(2);
  });
});
