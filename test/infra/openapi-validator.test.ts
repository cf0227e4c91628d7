import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { describeApi } from '../../infra/openapi/describe-api.ts';

const judge = async (document: Record<string, unknown>) => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(document));
  return { valid, errors, version: validator.version };
};

test('another validator accepts the document as OpenAPI 3.1', async () => {
  expect(await judge(describeApi())).toEqual({
    valid: true,
    errors: undefined,
    version: '3.1',
  });
});

test('that validator refuses the document without its title', async () => {
  const { info, ...rest } = describeApi();
  const { title, ...untitled } = info as Record<string, unknown>;
  expect(await judge({ ...rest, info: untitled })).toMatchObject({ valid: false });
});
