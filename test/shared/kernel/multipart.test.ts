import fc from 'fast-check';
import { expect, test } from 'vitest';
import { multipart } from '../../../shared/kernel/multipart.ts';

async function read({ bytes, type }: ReturnType<typeof multipart>) {
  const form = await new Response(new Uint8Array(bytes), {
    headers: { 'content-type': type },
  }).formData();
  const file = form.get('file') as File;
  return { form, file, bytes: Buffer.from(await file.arrayBuffer()) };
}

test('whatever is in a form comes out of it, byte for byte', async () => {
  // The reader of forms takes all line breaks of a text for the one of the web.
  const words = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n]/g, ' '));
  await fc.assert(
    fc.asyncProperty(words, fc.uint8Array({ maxLength: 2_000 }), async (prompt, sent) => {
      const file = { name: 'file', filename: 'voice.ogg', mimeType: 'audio/ogg' };
      const { form, bytes } = await read(
        multipart(
          { model: 'm', prompt },
          { ...file, pieces: [...sent].map((byte) => Buffer.of(byte)) },
        ),
      );
      expect(form.get('prompt')).toBe(prompt.toWellFormed());
      expect(bytes.equals(Buffer.from(sent))).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('no name or type begins a line of its own', async () => {
  const { file, form } = await read(
    multipart(
      { model: 'm' },
      {
        name: 'file',
        filename: 'a"\r\nx: y',
        mimeType: 'audio/ogg\r\nx: y',
        pieces: [Buffer.from('a voice')],
      },
    ),
  );
  expect(file.name).toBe('a___x: y');
  expect([...form.keys()]).toEqual(['model', 'file']);
});
