import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fieldsIn, type Schema } from '../../../infra/console/fields/field-tree.ts';
import { valueAt, withoutSecrets } from '../../../infra/console/fields/values.ts';

const document = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../infra/openapi.json'), 'utf8'),
) as { components: { schemas: { ChannelInput: Schema } } };
const fields = fieldsIn(document.components.schemas.ChannelInput);
const transcription = { url: 'https://a.example', model: 'm', api_key: 'sk', headers: { a: 'b' } };

test('what a tab keeps of a form holds no secret, also none inside an object', () => {
  const typed = {
    title: 'T',
    token: 'a key',
    'agent.headers': { a: 'b' },
    'agent.api_key': 'sk',
    'options.transcription': transcription,
    'options.fallback_template': { name: 'n', language: 'en' },
  };
  expect(withoutSecrets(typed, fields)).toEqual({
    title: 'T',
    'options.transcription': { url: 'https://a.example', model: 'm' },
    'options.fallback_template': { name: 'n', language: 'en' },
  });
  expect(withoutSecrets({ 'options.transcription': null }, fields)).toEqual({
    'options.transcription': null,
  });
});

test('what a tab keeps of a form holds the marks of the secrets that stay, and so no other are lost on Save', () => {
  const headers = { 'x-team': '…', 'x-new': 'typed' };
  const edited = { ...transcription, api_key: '…', headers };
  expect(withoutSecrets({ 'options.transcription': edited }, fields)).toEqual({
    'options.transcription': { ...transcription, api_key: '…', headers: { 'x-team': '…' } },
  });
});

test('a value is found at the path of its field, also inside another one', () => {
  const values = { title: 'T', 'options.transcription': transcription };
  expect(valueAt(values, 'title')).toBe('T');
  expect(valueAt(values, 'options.transcription.api_key')).toBe('sk');
  expect(valueAt(values, 'options.burst_ms')).toBeUndefined();
  expect(
    valueAt({ 'options.transcription': null }, 'options.transcription.api_key'),
  ).toBeUndefined();
});
