import type { AgentEvent } from '../../../shared/contract/agent-event.ts';
import { isFields } from '../../../shared/kernel/is-fields.ts';
import { problemAnswer } from '../http/problem-answer.ts';
import { type HttpAnswer, type HttpAsk, json } from '../http/serve.ts';
import { demoPicture } from './demo-picture.ts';
import { type DemoWords, demoWordsFor } from './demo-words.ts';

const PICTURE = '/picture.png';

/**
 * The agent of the demo channel: reads an event of the contract and answers it with one of each kind of
 * message. It keeps the picture that it sends, too.
 */
export function demoAgent({ method, path, body, headers }: HttpAsk): HttpAnswer {
  if (method === 'GET' && path === PICTURE) {
    return { status: 200, headers: { 'content-type': 'image/png' }, body: demoPicture() };
  }
  if (method !== 'POST') return problemAnswer(405, 'request-invalid', 'An agent is asked by POST.');
  const event = JSON.parse(body.toString()) as AgentEvent;
  if (event.event.type === 'ready') return json(200, { ready: true });
  const picture = `http://${headers.host}/sandbox/agent${PICTURE}`;
  return json(200, { replies: 'message' in event ? repliesTo(event, picture) : [] });
}

type MessageEvent = Extract<AgentEvent, { message: unknown }>;

/** What is answered to which words, in either language. */
const ANSWERS: {
  to: RegExp;
  with: (words: DemoWords, event: MessageEvent, picture: string) => unknown[];
}[] = [
  { to: /picture|картинк/i, with: (words, _, url) => [picture(words, url)] },
  { to: /\blist\b|списк|список/i, with: (words) => [list(words)] },
  { to: /number|номер/i, with: (words) => [numbers(words)] },
  { to: /template|шаблон/i, with: (words) => [template(words)] },
  { to: /\blink\b|ссылк/i, with: (words) => [link(words)] },
  { to: /place|location|место|геопозици/i, with: () => [PLACE] },
  { to: /^(two|два)$/i, with: ({ first, second }) => [first, second] },
  { to: /^(later|позже)$/i, with: later },
  { to: /^(window|окно)$/i, with: ({ window }, { chat }) => [window(chat.window.until)] },
  { to: /^(me|я)$/i, with: (_, { context }) => [JSON.stringify(context, null, 2)] },
];

function repliesTo(event: MessageEvent, url: string): unknown[] {
  const { message, context, chat } = event;
  const said = (labelOf(message) ?? message.text).trim();
  const words = demoWordsFor(said);
  const answer = ANSWERS.find(({ to }) => to.test(said));
  if (answer) return answer.with(words, event, url);
  const greeting = chat.is_new ? words.hello(String(context.channel_visitor_firstname)) : '';
  const text = `${greeting}${understood(message, said, words)}\n\n${words.intro}`;
  return [{ type: 'buttons', text, buttons: words.buttons, footer: words.footer }];
}

/** What a visitor chose, in the agent's own words: a typed number is none. */
const labelOf = ({ kind, option }: MessageEvent['message']): string | null =>
  kind === 'choice' && isFields(option) ? String(option.label) : null;

function understood({ kind }: MessageEvent['message'], said: string, words: DemoWords): string {
  if (kind === 'choice') return words.tapped(said);
  return said ? words.wrote(said) : words.sent(kind);
}

const picture = ({ caption }: DemoWords, url: string) => ({
  type: 'attachment',
  kind: 'image',
  url,
  caption,
  send_as: 'file', // WhatsApp fetches from https only, and this is this machine
});

const numbers = ({ numbersText: text, numbers: buttons }: DemoWords) => ({
  type: 'buttons',
  text,
  buttons,
});

const link = ({ linkText: text, linkLabel: label }: DemoWords) => ({
  type: 'link_button',
  text,
  label,
  url: 'https://docs.360dialog.com',
});

const template = ({ rows }: DemoWords) => ({
  type: 'template',
  name: 'parcel_arrived',
  language: rows[0]?.title === 'Картинка' ? 'ru' : 'en',
  parameters: ['4711'],
});

const PLACE = {
  type: 'location',
  latitude: 52.52187,
  longitude: 13.41319,
  name: 'Alexanderplatz',
  address: 'Berlin',
};

/** What goes at once, and after a minute what is refused and what waits when the window is closed by then. */
function later({ later: soon, laterRefused, laterParked }: DemoWords): unknown[] {
  return [
    soon,
    { type: 'pause', seconds: 60 },
    { type: 'text', text: laterRefused, if_window_closed: 'refuse' },
    { type: 'text', text: laterParked, if_window_closed: 'park' },
  ];
}

/** WhatsApp's own list, whatever the channel's option `choices` says. */
const list = ({ listText, listButton, listTitle, rows, footer }: DemoWords) => ({
  type: 'raw',
  message: {
    type: 'interactive',
    interactive: {
      type: 'list',
      body: { text: listText },
      footer: { text: footer },
      action: { button: listButton, sections: [{ title: listTitle, rows }] },
    },
  },
});
