import {
  channelAnswerSchema,
  type DoctorFinding,
} from '../../../shared/contract/channel-answer.ts';
import { parse } from '../../../shared/kernel/parse.ts';
import { aboutChannel, named } from '../about-channel.ts';
import { command } from '../command.ts';

export const check = command({
  name: 'check',
  does: 'looks whether a channel works, and says what to do where it does not',
  takes: ['channel'],
  options: {},
  notes: ['It changes nothing. A problem means that messages do not go; a note is worth knowing.'],
  examples: ['check ch_0123456789abcdef0123', 'check ch_0123456789abcdef0123 --json'],
  run: async ({ given: [channel = ''], ask }) => {
    const answer = await ask({ method: 'POST', path: `/${encodeURIComponent(channel)}/check` });
    const outcome = aboutChannel(
      answer,
      (about) => `${named(about)}\n\n${(about.findings ?? []).map(findingText).join('\n')}`,
    );
    if (outcome.kind !== 'done') return outcome;
    const { findings = [] } = parse(channelAnswerSchema, outcome.json);
    const ill = findings.some(({ level }) => level === 'problem');
    return ill ? { ...outcome, kind: 'problems-found' } : outcome;
  },
});

const WORDS: Record<DoctorFinding['level'], string> = {
  ok: 'ok     ',
  note: 'note   ',
  problem: 'PROBLEM',
};

const findingText = ({ level, title, detail, cure }: DoctorFinding): string =>
  [
    `  ${WORDS[level]}  ${title}`,
    `           ${detail}`,
    ...(cure === null ? [] : [`           To do: ${cure}`]),
  ].join('\n');
