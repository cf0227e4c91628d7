import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { describeApi } from '../../infra/openapi/describe-api.ts';

const judge = async (document: Record<string, unknown>) => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(document));
  return { valid, errors, version: validator.version };
};

test('the document is OpenAPI 3.1 to somebody else, too', async () => {
  expect(await judge(describeApi())).toEqual({
    valid: true,
    errors: undefined,
    version: '3.1',
  });
});

test('and would not be without its title', async () => {
  const { info, ...rest } = describeApi();
  const { title, ...untitled } = info as Record<string, unknown>;
  expect(await judge({ ...rest, info: untitled })).toMatchObject({ valid: false });
});
