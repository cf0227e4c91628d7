import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSend } from '../../../../infra/local/dialog360/read-send.ts';
import { type Reply, readReply } from '../../../../shared/contract/reply.ts';
import { BUTTON_LABEL, ROW_TITLE } from '../../../../shared/whatsapp/outbound/limits.ts';
import { mediaForm, partWithMediaId } from '../../../../shared/whatsapp/outbound/media-form.ts';
import { renderReply } from '../../../../shared/whatsapp/outbound/render-reply.ts';
import type {
  RenderedPart,
  RenderOptions,
} from '../../../../shared/whatsapp/outbound/rendering.ts';
import { someUrl } from '../../../support/some-url.ts';

const family = '👨‍👩‍👧‍👦';
const piece = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 5 }),
  fc.constantFrom(
    ' ',
    '\n',
    '\t',
    '     ',
    '…',
    family,
    '1️⃣',
    '\ud83d',
    'https://a.example/b?c',
    '\u200b',
    'слово ',
  ),
);
const words = (maxLength: number) =>
  fc.array(piece, { maxLength }).map((pieces) => pieces.join(''));
const longWords = fc
  .tuple(words(12), fc.integer({ min: 1, max: 300 }))
  .map(([text, times]) => text.repeat(times).slice(0, 65_536));
const text = fc.oneof(words(40), longWords);
const label = fc.oneof(
  words(3),
  words(40).map((label) => label.slice(0, 1024)),
);
const url = fc.oneof(someUrl, fc.constant('https://ä.example/ü%20b.pdf'));
const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: undefined });

const common = { id: maybe(words(2)), reply_to: maybe(fc.constant('wamid.HBgM')) };
const labels = (max: number) =>
  fc.array(fc.oneof(label, fc.record({ id: maybe(words(30)), label })), {
    minLength: 0,
    maxLength: max,
  });
const name = fc.record({
  formatted_name: words(5),
  first_name: maybe(words(2)),
  suffix: maybe(words(2)),
});
/** By type: the compiler asks for each new one. A pause sends nothing, and `raw` goes as it is. */
const REPLIES = {
  text: fc.record({ type: fc.constant('text'), text, preview_url: maybe(fc.boolean()), ...common }),
  buttons: fc.record({
    type: fc.constant('buttons'),
    text,
    buttons: fc.oneof(labels(3), labels(12)),
    header: maybe(label),
    footer: maybe(label),
    menu_label: maybe(label),
    ...common,
  }),
  attachment: fc.record({
    type: fc.constant('attachment'),
    kind: fc.constantFrom('image', 'audio', 'video', 'file'),
    url,
    caption: maybe(text),
    filename: maybe(words(3)),
    voice: maybe(fc.boolean()),
    send_as: maybe(fc.constantFrom('link', 'file')),
    ...common,
  }),
  template: fc.record({
    type: fc.constant('template'),
    name: words(2),
    language: fc.constantFrom('ru', 'pt_BR'),
    parameters: maybe(
      fc.oneof(
        fc.array(words(9), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('a', 'b_2', '1', '2'), words(9)),
      ),
    ),
    ...common,
  }),
  location: fc.record({
    type: fc.constant('location'),
    latitude: fc.double({ min: -95, max: 95 }),
    longitude: fc.double({ min: -185, max: 185 }),
    name: maybe(label),
    address: maybe(label),
    ...common,
  }),
  contacts: fc.record({
    type: fc.constant('contacts'),
    contacts: fc.array(
      fc.record({
        name,
        phones: maybe(
          fc.array(fc.record({ phone: words(1), other: fc.anything() }), { maxLength: 2 }),
        ),
      }),
      { maxLength: 3 },
    ),
    ...common,
  }),
  sticker: fc.record({ type: fc.constant('sticker'), url, ...common }),
  reaction: fc.record({
    type: fc.constant('reaction'),
    to_message_id: words(2),
    emoji: fc.constantFrom('', '👍', family),
    ...common,
  }),
  link_button: fc.record({ type: fc.constant('link_button'), text, label, url, ...common }),
  ask_location: fc.record({ type: fc.constant('ask_location'), text, ...common }),
  ask_phone: fc.record({ type: fc.constant('ask_phone'), text, ...common }),
  flow: fc.record({
    type: fc.constant('flow'),
    text,
    flow_id: words(2),
    cta: label,
    screen: maybe(words(2)),
    data: maybe(fc.dictionary(words(1), fc.jsonValue())),
    mode: maybe(fc.constantFrom('draft', 'published')),
    header: maybe(label),
    footer: maybe(label),
    ...common,
  }),
} satisfies Record<Exclude<Reply['type'], 'pause' | 'raw'>, fc.Arbitrary<unknown>>;
const reply = fc.oneof(text, ...Object.values<fc.Arbitrary<unknown>>(REPLIES));
const how: fc.Arbitrary<RenderOptions> = fc.record({
  to: fc.constantFrom(
    { phone: '491713920042', bsuid: null },
    { phone: null, bsuid: 'DE.7340021985561204' },
    { phone: '491713920042', bsuid: 'DE.ENT.7340021985561204' },
  ),
  dialect: fc.constantFrom('v2', 'v2', 'v1'),
  choices: fc.constantFrom('numbered', 'list'),
  replyId: fc.constant('rep_0123456789abcdef0123456789abcdef'),
});

/** Every way a part may go: as it is, by an uploaded file's id, and what goes instead. */
const bodiesOf = (part: RenderedPart): Record<string, unknown>[] => {
  const form = part.file && mediaForm(part.file, { mimeType: 'image/webp', sizeBytes: 9 });
  const byId = part.file && form ? [partWithMediaId({ part, file: part.file }, 'id', form)] : [];
  return [part.body, ...(part.fallback ? bodiesOf(part.fallback) : []), ...byId.flatMap(bodiesOf)];
};

test('whatever reply we accept becomes messages that WhatsApp accepts', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(reply, how, (reply, how) => {
      const read = readReply(reply);
      if (!read.ok) return;
      const rendering = renderReply(read.reply, how);
      if (rendering.kind !== 'parts') return;
      seen.add(read.reply.type);
      expect(rendering.parts.length).toBeGreaterThan(0);
      for (const body of rendering.parts.flatMap(bodiesOf)) {
        const arrived = JSON.parse(JSON.stringify(body));
        const reading = readSend(arrived, { legacyToo: how.dialect === 'v1' });
        expect(reading).toMatchObject({ kind: 'message' });
      }
    }),
    { numRuns: 3000 },
  );
  expect(seen.size).toBe(12); // all but raw and pause: the property is about something
});

/** What the visitor reads of a message that carries words of the agent's. */
const readOf = (body: Record<string, unknown>): string => {
  const content = body[String(body.type)] as {
    body?: string | { text: string };
    caption?: string;
  };
  const text = typeof content.body === 'object' ? content.body.text : content.body;
  return text ?? content.caption ?? '';
};
const unspaced = (text: string) => text.replace(/\s+/g, '');

test('every word the agent says reaches the visitor, in its order, whatever has to be changed', () => {
  fc.assert(
    fc.property(reply, how, (reply, how) => {
      const read = readReply(reply);
      const rendering = read.ok ? renderReply(read.reply, how) : null;
      if (!read.ok || rendering?.kind !== 'parts') return;
      const { text = '', caption = '' } = read.reply as { text?: string; caption?: string };
      const { url = '' } = read.reply as { url?: string };
      const all = rendering.parts.map(({ body }) => readOf(body)).join('');
      // A link goes with the part of a caption that its file would have shown.
      const words = [all, all.replace(url, '')].map(unspaced);
      expect(words.some((words) => words.includes(unspaced(text || caption)))).toBe(true);
      const instead = rendering.parts.map(({ body, fallback }) => readOf(fallback?.body ?? body));
      const isFile = ['attachment', 'sticker'].includes(read.reply.type);
      if (isFile) expect(instead.join('\n')).toContain(url);
    }),
    { numRuns: 1500 },
  );
});

interface Tappable {
  interactive?: {
    action: {
      buttons?: { reply: { id: string; title: string } }[];
      sections?: { rows: { id: string; title: string }[] }[];
    };
  };
}

test('what can be tapped has short labels that differ, and ids that lead to the full ones', () => {
  const menus = fc.record({
    type: fc.constant('buttons'),
    text: fc.constant('?'),
    buttons: fc.oneof(labels(3), labels(10)),
  });
  let tappable = 0;
  fc.assert(
    fc.property(menus, how, (reply, how) => {
      const read = readReply(reply);
      const rendering = read.ok ? renderReply(read.reply, how) : null;
      if (rendering?.kind !== 'parts' || !rendering.menu) return;
      const { options, numbered } = rendering.menu;
      expect(new Set(options.map(({ id }) => id)).size).toBe(options.length);
      const { interactive } = rendering.parts.at(-1)?.body as Tappable;
      expect(numbered).toBe(!interactive);
      if (!interactive) return;
      tappable++;
      const { buttons, sections } = interactive.action;
      const shown =
        buttons?.map(({ reply }) => reply) ?? sections?.flatMap(({ rows }) => rows) ?? [];
      const max = buttons ? BUTTON_LABEL : ROW_TITLE;
      expect(shown.map(({ id }) => id)).toEqual(options.map(({ id }) => id));
      expect(shown.every(({ title }) => title.length <= max)).toBe(true);
      expect(new Set(shown.map(({ title }) => title)).size).toBe(shown.length);
      shown.forEach(({ title }, index) => {
        const full = options[index]?.label.replace(/\s+/g, ' ').trim() ?? '';
        expect(title === full || full.startsWith(title.replace(/…$/, ''))).toBe(true);
      });
    }),
    { numRuns: 1000 },
  );
  expect(tappable).toBeGreaterThan(100);
});
