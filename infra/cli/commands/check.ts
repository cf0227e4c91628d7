import {
  type AskedAgent,
  channelAnswerSchema,
  type DoctorFinding,
} from '../../../shared/contract/channel-answer.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { aboutChannel, named } from '../about-channel.ts';
import { command } from '../command.ts';
import { cureCommand } from '../cure-command.ts';

export const check = command({
  name: 'check',
  does: 'looks whether a channel works, and says what to do where it does not',
  takes: ['channel'],
  options: {
    ask: {
      type: 'string',
      value: 'TEXT',
      says: 'asks the agent this one real question, which may cost what a message costs',
    },
  },
  notes: [
    'It changes nothing. A problem means that messages do not go; a note is worth knowing.',
    'What --ask asks is a test turn: it is of no chat and leaves nothing in any, and no visitor gets the answer.',
  ],
  examples: [
    'check ch_0123456789abcdef0123',
    'check ch_0123456789abcdef0123 --ask "ping"',
    'check ch_0123456789abcdef0123 --json',
  ],
  run: async ({ given: [channel = ''], values, ask, next }) => {
    const curing = (code: string) => {
      const words = cureCommand(code, channel);
      return words && next(...words);
    };
    const answer = await ask({
      method: 'POST',
      path: `/${encodeURIComponent(channel)}/check`,
      ...(values.ask !== undefined && { body: { ask: values.ask } }),
    });
    const outcome = aboutChannel(answer, (about) =>
      [
        `${named(about)}\n`,
        ...(about.findings ?? []).map((finding) => findingText(finding, curing(finding.code))),
        ...(about.asked ? ['', askedText(about.asked)] : []),
      ].join('\n'),
    );
    if (outcome.kind !== 'done') return outcome;
    const { findings = [] } = parse(channelAnswerSchema, outcome.json);
    const ill = findings.some(({ level }) => level === 'problem');
    return ill ? { ...outcome, kind: 'problems-found' } : outcome;
  },
});

/** The question, and what a visitor would have got for it. */
function askedText({ text, outcome, replies, dialog, code, reason }: AskedAgent): string {
  const got = [
    ...replies.map(({ kind, text: said, refused }) => [
      kind,
      refused === null ? said : `not sent: ${refused}`,
    ]),
    ...(dialog === 'close' || dialog === 'operator' ? [['dialog', dialog]] : []),
    ...(outcome === 'later' ? [['later', 'the agent writes by itself']] : []),
    ...(outcome === 'answered' && replies.length === 0 ? [['nothing', reason ?? '']] : []),
    ...(outcome === 'failed' ? [['lost', `${reason} (${code})`]] : []),
  ];
  const lines = got.flatMap(([kind = '', said = '']) =>
    said.split('\n').map((line, at) => `  ${(at === 0 ? kind : '').padEnd(13)}${line}`.trimEnd()),
  );
  return [`  Asked        ${text}`, ...lines].join('\n');
}

const WORDS: Record<DoctorFinding['level'], string> = {
  ok: 'ok     ',
  note: 'note   ',
  problem: 'PROBLEM',
};

const findingText = (
  { level, title, detail, cure }: DoctorFinding,
  command: string | null,
): string =>
  [
    `  ${WORDS[level]}  ${title}`,
    `           ${detail}`,
    ...(cure === null ? [] : [`           To do: ${cure}`]),
    ...(cure === null || command === null ? [] : [`             ${command}`]),
  ].join('\n');
