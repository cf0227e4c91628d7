import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Field, fieldsIn, type Schema } from '../../../infra/console/fields/field-tree.ts';
import { CHOICES_RU } from '../../../infra/console/fields/words-ru/choices-ru.ts';
import { FIELDS_RU } from '../../../infra/console/fields/words-ru/fields-ru.ts';

const document = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../infra/openapi.json'), 'utf8'),
) as { components: { schemas: { ChannelInput: Schema } } };

const withParts = (field: Field): Field[] => [field, ...field.parts.flatMap(withParts)];
const fields = fieldsIn(document.components.schemas.ChannelInput)
  .filter(({ path }) => path !== 'active') // buttons switch it
  .flatMap(withParts);

test('every field of a channel has a sentence, and its words in Russian', () => {
  expect(fields.length).toBeGreaterThan(25);
  expect(fields.filter(({ note }) => note === '').map(({ path }) => path)).toEqual([]);
  expect(fields.map(({ path }) => path).filter((path) => !FIELDS_RU[path])).toEqual([]);
});

test('every value to choose from is named in Russian', () => {
  const choices = fields
    .filter(({ kind }) => kind === 'choice')
    .flatMap(({ path, choices: values }) => values.map((value) => `${path}=${value}`));
  expect(choices).toContain('options.choices=numbered');
  expect(choices.filter((choice) => !CHOICES_RU[choice])).toEqual([]);
});

test('the form knows what kind each field is', () => {
  const kinds = Object.fromEntries(fields.map(({ path, kind }) => [path, kind]));
  expect(kinds).toMatchObject({
    type: 'fixed',
    title: 'text',
    token: 'secret',
    hosting: 'choice',
    'agent.headers': 'secrets',
    'agent.timeout_ms': 'number',
    'agent.events': 'several',
    'options.fallback_template': 'object',
    'options.fallback_template.parameters': 'json',
    'options.fallback_template.components': 'json',
    'options.transcription': 'object',
    'options.transcription.headers': 'secrets',
    'options.transcription.api_key': 'secret',
    'options.transcription.prompt': 'long-text',
    'options.stop_words': 'lines',
    'options.typing_indicator': 'choice',
    'options.agent_failed_text': 'long-text',
    'options.forget_after_days': 'number',
    'options.require_webhook_header': 'switch',
  });
});
