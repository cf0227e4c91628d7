import { describe, expect, test } from 'vitest';
import { kindOf } from '../../../../shared/agent/kind-of.ts';
import type { Heard, KindRequest, KindTurn } from '../../../../shared/agent/wire/kind.ts';
import type { AgentKind, AgentSettings } from '../../../../shared/contract/agent-kind.ts';
import { AGENT_KINDS } from '../../../../shared/contract/agent-kind.ts';
import { readReply } from '../../../../shared/contract/reply.ts';
import { askedEvent } from '../../../support/asked-event.ts';
import { goldens, pretty } from '../../../support/golden.ts';

/** One turn, and what the agent answers to each request in turn. */
interface Talk {
  kind: Exclude<AgentKind, 'http'>;
  url?: string | null;
  api_key?: string;
  settings?: AgentSettings;
  about: Record<string, unknown>;
  session?: unknown;
  inlined?: Record<string, string>;
  answers: { status?: number; headers?: Record<string, string>; body?: unknown; raw?: string }[];
}

const cases = goldens('golden/agents', 'golden/agents');

test.each(cases)('$name', async ({ input, output }) => {
  const { requests, end } = play(input as Talk);
  await expect(pretty({ requests, end })).toMatchFileSnapshot(output);
  const replies = end.reply.kind === 'answered' ? end.reply.answer.replies : [];
  expect(replies.map((reply) => readReply(reply)).filter(({ ok }) => !ok)).toEqual([]);
});

test.each(AGENT_KINDS.filter((kind) => kind !== 'http'))('%s has goldens', (kind) => {
  const own = cases.filter(({ input }) => (input as Talk).kind === kind);
  expect(own.length).toBeGreaterThan(2);
});

describe.each(
  AGENT_KINDS.filter((kind) => kind !== 'http'),
)('whatever a server answers, %s ends the turn', (kind) => {
  // biome-ignore format: a table reads by column
  const bad = [
    { what: 'a refused key',            status: 401, raw: '{"error":{"code":"invalid_api_key"}}', ends: { kind: 'refused', code: 'agent-rejected', reason: expect.stringContaining('the key is refused') } },
    { what: 'a redirect',               status: 302, raw: '',                                     ends: { kind: 'refused', code: 'agent-rejected', reason: expect.stringContaining('not followed') } },
    { what: 'too many requests',        status: 429, raw: '', headers: { 'retry-after': '7' },     ends: { kind: 'unavailable', retryAfterMs: 7_000 } },
    { what: 'an error of its own',      status: 503, raw: '',                                     ends: { kind: 'unavailable', retryAfterMs: null } },
    { what: 'that it takes its time',   status: 202, raw: '',                                     ends: { kind: 'later' } },
  ];
  test.each(bad)('$what', ({ status, raw, headers = {}, ends }) => {
    const answers = [1, 2, 3, 4].map(() => ({ status, raw, headers }));
    expect(play({ ...plain(kind), answers }).end.reply).toMatchObject(ends);
  });

  const odd = [
    '',
    '<html>',
    '[]',
    'null',
    '7',
    '"\ufffd"',
    '{}',
    '[[[]]]',
    '{"messages":7}',
    '{"choices":[null]}',
    '{"result":null}',
    '[{"text":{}}]',
  ];
  test.each(odd)('with %s as its body', (raw) => {
    const answers = Array.from({ length: 6 }, () => ({ status: 200, raw }));
    const { reply } = play({ ...plain(kind), answers }).end;
    expect(['answered', 'refused']).toContain(reply.kind);
    if (reply.kind === 'answered') {
      expect(reply.answer.replies.map((reply) => readReply(reply)).filter(({ ok }) => !ok)).toEqual(
        [],
      );
    }
  });

  test('with bytes that are no UTF-8', () => {
    const { reply } = play({ ...plain(kind), answers: [] }, () =>
      Buffer.from([0xff, 0xfe, 0x7b]),
    ).end;
    expect(['answered', 'refused']).toContain(reply.kind);
  });
});

const plain = (kind: Talk['kind']): Talk => ({
  kind,
  about: { message: { text: 'Hello' } },
  settings: {
    model: 'm',
    assistant_id: 'agent',
    runtime_arn: 'arn:aws:bedrock-agentcore:eu-central-1:123456789012:runtime/r',
    request: { q: '{{event.text}}' },
    answer: '/answer',
  },
  answers: [],
});

function play(talk: Talk, bytes?: () => Buffer) {
  const turn: KindTurn = {
    event: askedEvent(talk.about),
    settings: talk.settings ?? {},
    url: talk.url === undefined ? 'https://agent.example/base' : talk.url,
    apiKey: talk.api_key ?? null,
    session: talk.session ?? null,
    inlined: new Map(Object.entries(talk.inlined ?? {})),
  };
  const requests: KindRequest[] = [];
  const talking = kindOf(talk.kind).converse(turn);
  const answers = [...talk.answers];
  let step = talking.next();
  while (!step.done) {
    requests.push(step.value);
    if (requests.length > 12) throw new Error('the turn does not end');
    step = talking.next(heardOf(answers.shift(), bytes));
  }
  return { requests, end: step.value };
}

function heardOf(answer: Talk['answers'][number] = {}, bytes?: () => Buffer): Heard {
  const { status = 200, headers = {}, body, raw } = answer;
  return {
    status,
    headers,
    body: bytes?.() ?? Buffer.from(raw ?? (body === undefined ? '' : JSON.stringify(body))),
  };
}
