import { describe, expect, test } from 'vitest';
import { readSend } from '../../../../infra/local/dialog360/read-send.ts';
import { readReply } from '../../../../shared/contract/reply.ts';
import {
  carriesMedia,
  mediaForm,
  partWithMediaId,
} from '../../../../shared/whatsapp/outbound/media-form.ts';
import { renderReply } from '../../../../shared/whatsapp/outbound/render-reply.ts';
import type { FileToUpload, RenderedPart } from '../../../../shared/whatsapp/outbound/rendering.ts';

const MB = 1024 * 1024;
const file = (kind: FileToUpload['kind'], voice = false): FileToUpload => ({
  url: 'https://cdn.example/a',
  kind,
  caption: null,
  filename: 'a',
  voice,
});

// biome-ignore format: a table reads by column
const rows = [
  { when: 'a JPEG is an image',                kind: 'image', mimeType: 'image/jpeg',      mb: 5,   is: 'image' },
  { when: 'a JPEG is too large for an image',  kind: 'image', mimeType: 'image/jpeg',      mb: 5.1, is: 'document' },
  { when: 'a WebP is no image here',           kind: 'image', mimeType: 'image/webp',      mb: 1,   is: 'document' },
  { when: 'a GIF is no image here',            kind: 'image', mimeType: 'image/gif',       mb: 1,   is: 'document' },
  { when: 'an MP4 is a video',                 kind: 'video', mimeType: 'video/mp4',       mb: 16,  is: 'video' },
  { when: 'an MP4 is too large for a video',   kind: 'video', mimeType: 'video/mp4',       mb: 17,  is: 'document' },
  { when: 'a QuickTime film is no video here', kind: 'video', mimeType: 'video/quicktime', mb: 1,   is: 'document' },
  { when: 'an MP3 is audio',                   kind: 'audio', mimeType: 'audio/mpeg',      mb: 1,   is: 'audio' },
  { when: 'an ogg without opus is no audio',   kind: 'audio', mimeType: 'application/ogg', mb: 1,   is: 'document' },
  { when: 'a video is wanted as audio',        kind: 'audio', mimeType: 'video/mp4',       mb: 1,   is: 'document' },
  { when: 'an image is wanted as a file',      kind: 'file',  mimeType: 'image/jpeg',      mb: 1,   is: 'document' },
  { when: 'a file is anything',                kind: 'file',  mimeType: 'application/zip', mb: 100, is: 'document' },
  { when: 'a file is too large for all',       kind: 'file',  mimeType: 'application/zip', mb: 101, is: null },
  { when: 'a video is too large for all',      kind: 'video', mimeType: 'video/mp4',       mb: 101, is: null },
] as const;

test.each(rows)('when $when: $is', ({ kind, mimeType, mb, is }) => {
  expect(mediaForm(file(kind), { mimeType, sizeBytes: mb * MB })?.type ?? null).toBe(is);
});

test('every audio type goes as a voice note, and only where the agent wants one', () => {
  const opus = { mimeType: 'audio/ogg', sizeBytes: 1000 };
  expect(mediaForm(file('audio', true), opus)).toEqual({ type: 'audio', voice: true });
  expect(mediaForm(file('audio', false), opus)).toEqual({ type: 'audio', voice: false });
  for (const mimeType of ['audio/mpeg', 'audio/mp4', 'audio/aac', 'audio/amr']) {
    expect(mediaForm(file('audio', true), { ...opus, mimeType })?.voice).toBe(true);
  }
  const noAudio = mediaForm(file('audio', true), { ...opus, mimeType: 'application/ogg' });
  expect(noAudio).toEqual({ type: 'document', voice: false });
  expect(mediaForm(file('file', true), { ...opus, mimeType: 'audio/mpeg' })?.voice).toBe(false);
});

function uploaded(
  reply: Record<string, unknown>,
  mimeType: string,
  { dialect = 'v2' }: { dialect?: 'v2' | 'v1' } = {},
): RenderedPart {
  const read = readReply({ type: 'attachment', send_as: 'file', ...reply });
  if (!read.ok) throw new Error(read.reason);
  const to = { phone: '491713920042', bsuid: null };
  const rendering = renderReply(read.reply, {
    to,
    dialect,
    choices: 'numbered',
    replyId: 'rep',
  });
  const part = rendering.kind === 'parts' ? rendering.parts[0] : undefined;
  const form = part?.file && mediaForm(part.file, { mimeType, sizeBytes: 1000 });
  if (!part?.file || !form) throw new Error('nothing to upload');
  const sent = partWithMediaId({ part, file: part.file }, '7b825480', form);
  const reading = readSend(sent.body, { legacyToo: dialect === 'v1' });
  expect(reading).toMatchObject({ kind: 'message' });
  return sent;
}

describe('an uploaded file', () => {
  const image = { kind: 'image', url: 'https://cdn.example/a.jpg', caption: 'Ваш заказ' };

  test('goes by its id, with all that stood around the link', () => {
    expect(uploaded({ ...image, reply_to: 'wamid.HBgM' }, 'image/jpeg')).toMatchObject({
      body: {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to: '+491713920042',
        context: { message_id: 'wamid.HBgM' },
        type: 'image',
        image: { id: '7b825480', caption: 'Ваш заказ' },
      },
      notes: [],
      fallback: { body: { type: 'text', text: { body: 'Ваш заказ\nhttps://cdn.example/a.jpg' } } },
      file: null,
    });
  });

  test('that is no image goes as a document under its own name, and says so', () => {
    const part = uploaded(image, 'image/webp');
    expect(part.body).toMatchObject({
      type: 'document',
      document: { id: '7b825480', caption: 'Ваш заказ', filename: 'a.jpg' },
    });
    expect(part.body).not.toHaveProperty('image');
    expect(part.notes).toEqual(['media-as-document']);
  });

  test('from an http address is no link any more, but falls back to one', () => {
    const part = uploaded({ ...image, url: 'http://cdn.example/a.jpg' }, 'image/jpeg');
    expect(part.body).toMatchObject({ type: 'image', image: { id: '7b825480' } });
    expect(part.body).not.toHaveProperty('text');
    expect(part.notes).toEqual([]);
    expect(part.fallback).toMatchObject({
      body: { type: 'text' },
      notes: ['media-as-link'],
      file: null,
    });
  });

  test('that is a document anyway changes nothing', () => {
    const part = uploaded(
      { kind: 'file', url: 'https://cdn.example/a', filename: 'b.pdf' },
      'application/pdf',
    );
    expect(part).toMatchObject({ body: { document: { filename: 'b.pdf' } }, notes: [] });
  });

  test('that is a voice note says so, but not to the old API', () => {
    const voice = { kind: 'audio', url: 'https://cdn.example/a.ogg', voice: true };
    expect(uploaded(voice, 'audio/ogg').body.audio).toEqual({ id: '7b825480', voice: true });
    expect(uploaded(voice, 'audio/ogg', { dialect: 'v1' }).body.audio).toEqual({ id: '7b825480' });
  });
});

test('what carries media is known by its type', () => {
  expect(
    ['image', 'audio', 'video', 'document', 'sticker'].every((type) => carriesMedia({ type })),
  ).toBe(true);
  expect(
    ['text', 'interactive', 'template', 'location'].some((type) => carriesMedia({ type })),
  ).toBe(false);
});
