import { expect, test } from 'vitest';
import type { HttpEvent } from '../../functions/chain/http.ts';
import { contentDisposition } from '../../functions/media/content-disposition.ts';
import { mayBeShown, mediaTypeOf } from '../../functions/media/media-type.ts';
import { readIncomingRequest } from '../../functions/requests/accept/read-incoming-request.ts';
import { requestsHandler } from '../../functions/requests/handler.ts';
import { readAnswer } from '../../shared/agent/wire/answer.ts';
import { channelInputSchema } from '../../shared/contract/channel-input.ts';
import { type Reply, readReply } from '../../shared/contract/reply.ts';
import { providerAddress } from '../../shared/dialog360/hosts.ts';
import { providerWords } from '../../shared/dialog360/provider-words.ts';
import { read } from '../../shared/kernel/parse.ts';
import { readRetryAfter } from '../../shared/kernel/retry-after.ts';
import { mediaLink } from '../../shared/rules/agent-event/media-link.ts';
import { shownHeaders } from '../../shared/rules/agent-event/shown-headers.ts';
import { answerOf } from '../../shared/rules/chat/choices-answer.ts';
import { readPhone } from '../../shared/rules/identity/phone-number.ts';
import { readFileHash } from '../../shared/rules/media/file-hash.ts';
import { stopWordIn } from '../../shared/rules/opt-out/stop-word.ts';
import { readWebhook } from '../../shared/whatsapp/inbound/read-webhook.ts';
import { cutLabel, onOneLine } from '../../shared/whatsapp/outbound/cut-label.ts';
import { toWhatsAppFormatting } from '../../shared/whatsapp/outbound/markdown.ts';
import { renderReply } from '../../shared/whatsapp/outbound/render-reply.ts';
import { readProviderError } from '../../shared/whatsapp/provider-errors.ts';
import { callHandler } from '../support/call-handler.ts';
import { growsLinearly } from '../support/growth.ts';
import { cloudMessage } from '../support/webhook-bodies.ts';

/** Texts made to be looked at again and again, each from one repeated piece. */
const HOSTILE: Record<string, string> = {
  marks: '!',
  blanks: ' ',
  'blanks and marks': ' .',
  'line breaks': '\n',
  tabs: '\t',
  slashes: '/',
  colons: ':',
  digits: '1',
  'digits and blanks': '1 (',
  'opening brackets': '[',
  stars: '**a ',
  'words with underscores': 'a_',
  quotes: '> ',
  lists: '- ',
  tags: '<a ',
  links: 'http://a',
  hosts: 'www.',
  percents: '%',
  accents: '\u0301',
  'accents above and below': '\u0300\u0316',
  'invisible signs': '\u200f',
  emojis: '👩‍👧',
  'full stops': '。',
};

const text = 'x';
const to = { phone: '491713920042', bsuid: null };
const how = { to, dialect: 'v2', choices: 'numbered', replyId: 'rep' } as const;
const render = (reply: unknown) => {
  const judged = readReply(reply);
  return judged.ok && renderReply(judged.reply as Reply, how);
};
const sender = { wa_id: '491713920042' };
const requests = requestsHandler({} as Parameters<typeof requestsHandler>[0]);
const incoming = (event: object) =>
  readIncomingRequest({
    headers: {},
    rawQueryString: '',
    isBase64Encoded: false,
    ...event,
  } as HttpEvent);

/** Whatever reads words of people we do not know, or words of agents and the provider. */
const READERS: Record<string, (words: string) => unknown> = {
  'the address of an Incoming Request': (words) =>
    callHandler(requests, `GET /incoming_request/${encodeURIComponent(words)}`, '', {}),
  'the key of an endpoint': (words) =>
    callHandler(requests, 'GET /v1/channels/c/templates', '', { authorization: `Bearer ${words}` }),
  'the body of an Incoming Request': (words) => {
    try {
      return incoming({ body: words, queryStringParameters: { chat_id: 'c', is_urgent: words } });
    } catch (error) {
      return error;
    }
  },
  'the headers of an Incoming Request': (words) => shownHeaders({ [words]: words }),
  'a stop word': (words) =>
    stopWordIn({ content: { kind: 'text' }, text: words } as Parameters<typeof stopWordIn>[0], {
      stop_words: ['stop'],
      start_words: ['start'],
    }),
  'an answer to a menu': (words) =>
    answerOf({ options: [{ id: 'o1', label: 'Yes' }], numbered: true }, { text: words }),
  'a tap': (words) =>
    answerOf(
      { options: [{ id: 'o1', label: 'Yes' }], numbered: true },
      { tapId: 'o1', text: words },
    ),
  'a name in a raw message': (words) =>
    render({ type: 'raw', message: { type: 'text', [words]: 1 } }),
  'a webhook body with a text': (words) =>
    readWebhook(
      cloudMessage({ ...sender, name: words }, { id: 'w', type: 'text', text: { body: words } }),
    ),
  'a webhook body with a file': (words) =>
    readWebhook(
      cloudMessage(sender, {
        id: 'w',
        type: 'document',
        document: { id: words, mime_type: words, filename: words, caption: words, sha256: words },
      }),
    ),
  'a webhook body with a changed id': (words) =>
    readWebhook(
      cloudMessage(null, {
        id: 'w',
        type: 'system',
        system: { type: 'user_changed_number', body: words, wa_id: words, new_wa_id: words },
      }),
    ),
  'the name of a file in its address': (words) =>
    mediaLink({
      host: 'https://example.org',
      key: { version: 1, secret: 'c2VjcmV0' },
      expiresAt: 0,
      channelId: 'c',
      mediaId: 'm',
      name: words,
    }),
  'the headers of a file': (words) => [
    contentDisposition('attachment', words),
    mayBeShown(mediaTypeOf(words)),
    readFileHash(words),
  ],
  'a phone number': readPhone,
  'what the provider says': (words) => [
    providerWords({ detail: words }),
    readProviderError(400, words),
    readProviderError(400, JSON.stringify({ error: { code: 1, message: words } })),
    readRetryAfter(words),
  ],
  'an address of the provider': (words) =>
    providerAddress({ hosting: 'cloud', base_url: `https://${words}x` }, '/'),
  'an answer of the agent': (words) =>
    readAnswer({ kind: 'answered', status: 200, headers: {}, body: Buffer.from(words) }),
  'a text reply': (words) => render(words),
  'a reply with buttons': (words) =>
    render({
      type: 'buttons',
      text: words,
      buttons: [words.slice(0, 1024), 'No'],
      header: words.slice(0, 1024),
    }),
  'a label': (words) => [onOneLine(words), cutLabel(words, 20)],
  'a file as reply': (words) =>
    render({ type: 'attachment', kind: 'image', url: 'https://a.example/b', caption: words }),
  'a template': (words) =>
    render({ type: 'template', name: 'a', language: 'en', parameters: [words] }),
  'a reply in Markdown': toWhatsAppFormatting,
  'an edit of a channel': (words) =>
    read(channelInputSchema, {
      title: words,
      token: words,
      base_url: words,
      agent: { url: words },
    }),
};

/** With eight times as much it is half of what a person may write in one message. */
const SIZE = 4_096;

const repeated = (piece: string, size: number) =>
  text +
  piece
    .repeat(Math.ceil(size / piece.length))
    .slice(0, size)
    .toWellFormed() +
  text;

test.each(Object.entries(READERS))('the time for %s is linear in its length', async (_, reader) => {
  const slow: string[] = [];
  for (const [name, piece] of Object.entries(HOSTILE)) {
    const run = (size: number) => reader(repeated(piece, size));
    if (!(await growsLinearly(run, SIZE))) slow.push(name);
  }
  expect(slow).toEqual([]);
});
