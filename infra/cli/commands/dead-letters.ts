import {
  type LetterSummary,
  letterListSchema,
  letterViewSchema,
} from '../../../shared/contract/letter-view.ts';
import { answerOf } from '../answer-of.ts';
import type { AdminRequest } from '../ask-admin-api.ts';
import { askWhetherSure } from '../ask-whether-sure.ts';
import { type Call, command, type Options } from '../command.ts';
import { letterListText, letterText } from '../letter-text.ts';
import { type Outcome, type Problem, wrongUsage } from '../outcome.ts';

const OPTIONS = {
  channel: { type: 'string', value: 'ID', says: 'those of one channel' },
  code: { type: 'string', value: 'CODE', says: 'those that were given up for this reason' },
  all: { type: 'boolean', says: 'redrive, drop: all there are' },
  yes: { type: 'boolean', says: 'redrive, drop: do not ask whether you are sure' },
} as const satisfies Options;

type LetterCall = Call<typeof OPTIONS>;

export const deadLetters = command({
  name: 'dead-letters',
  does: 'lists, shows, redrives or drops what was given up',
  takes: ['list|show|redrive|drop'],
  mayTake: ['id'],
  options: OPTIONS,
  notes: [
    'redrive and drop take one id, or all letters that --channel and --code mean, or --all. What is redriven comes behind what waits for its chat; what has arrived is not sent again. drop is for good.',
    'A list holds no words of people; show prints those of one letter.',
  ],
  examples: [
    'dead-letters list',
    'dead-letters list --channel ch_0123456789abcdef0123 --code agent-unavailable',
    'dead-letters show ch_0123456789abcdef0123.1795341603000.evt_0f3c6d1e2b4a59687786a5b4c3d2e1f0',
    'dead-letters redrive ch_0123456789abcdef0123.1795341603000.evt_0f3c6d1e2b4a59687786a5b4c3d2e1f0',
    'dead-letters redrive --channel ch_0123456789abcdef0123 --code agent-unavailable',
    'dead-letters drop --all --code item-unread',
  ],
  run: async (call) => {
    const [what = '', id] = call.given;
    const { channel, code, all } = call.values;
    const isChosen = channel !== undefined || code !== undefined || all === true;
    if (what === 'list')
      return id === undefined ? list(call, isChosen) : wrongUsage(NO_LIST_OF_ONE);
    if (what === 'show') return id === undefined ? wrongUsage('show takes an id') : show(call, id);
    if (what !== 'redrive' && what !== 'drop') {
      return wrongUsage('dead-letters can list, show, redrive, drop');
    }
    if ((id !== undefined) === isChosen) {
      return wrongUsage(`Say which: ${what} takes an id, or --channel, --code or --all`);
    }
    return id === undefined ? doMany(call, what) : doOne(call, what, id);
  },
});

const NO_LIST_OF_ONE =
  'list takes no id: --channel lists those of one channel, show prints one letter';
const ROOT = '/admin/dead-letters';
const REQUESTS = {
  redrive: (id: string): AdminRequest => ({
    method: 'POST',
    root: ROOT,
    path: `/${encodeURIComponent(id)}/redrive`,
  }),
  drop: (id: string): AdminRequest => ({
    method: 'DELETE',
    root: ROOT,
    path: `/${encodeURIComponent(id)}`,
  }),
};
const DONE = { redrive: 'redriven', drop: 'dropped' };

async function list(call: LetterCall, isChosen: boolean): Promise<Outcome> {
  const letters = await chosen(call);
  if (!Array.isArray(letters)) return letters;
  return {
    kind: 'done',
    json: { dead_letters: letters, next: null },
    text: letterListText(letters, isChosen),
  };
}

async function show({ ask, next }: LetterCall, id: string): Promise<Outcome> {
  const path = `/${encodeURIComponent(id)}`;
  const shown = answerOf(await ask({ method: 'GET', root: ROOT, path }), letterViewSchema);
  if (!('answered' in shown)) return shown;
  return { kind: 'done', json: shown.answered, text: letterText(shown.answered, next) };
}

async function doOne(
  { ask, terminal, values }: LetterCall,
  what: 'redrive' | 'drop',
  id: string,
): Promise<Outcome> {
  if (what === 'drop') {
    const stopped = await askWhetherSure(terminal, `Drop the letter ${id} for good?`, values);
    if (stopped) return stopped;
  }
  const answer = await ask(REQUESTS[what](id));
  if (answer.kind !== 'answered') return answer;
  return {
    kind: 'done',
    json: { [DONE[what]]: [id], refused: [] },
    text: `${id} is ${DONE[what]}.`,
  };
}

/** One after the other, the oldest of a channel first. What is refused stays, and is named. */
async function doMany(call: LetterCall, what: 'redrive' | 'drop'): Promise<Outcome> {
  const { ask, terminal, values } = call;
  const letters = await chosen(call);
  if (!Array.isArray(letters)) return letters;
  if (letters.length > 0) {
    const question = `${what === 'drop' ? 'Drop' : 'Redrive'} ${letters.length} dead letters?`;
    const stopped = await askWhetherSure(terminal, question, values);
    if (stopped) return stopped;
  }
  const done: string[] = [];
  const refused: { id: string; problem: Problem }[] = [];
  for (const { id } of letters) {
    const answer = await ask(REQUESTS[what](id));
    if (answer.kind === 'answered') done.push(id);
    else if (answer.kind === 'refused') refused.push({ id, problem: answer.problem });
    else return { ...answer, sentence: `${answer.sentence} ${done.length} were ${DONE[what]}.` };
  }
  const text = [
    `${done.length} of ${letters.length} dead letters are ${DONE[what]}.`,
    ...refused.map(({ id, problem }) => `  ${id}: ${problem.detail} (${problem.code})`),
  ].join('\n');
  const json = { [DONE[what]]: done, refused };
  return { kind: refused.length > 0 ? 'problems-found' : 'done', json, text };
}

/** All that the options mean, page by page. */
async function chosen({ values, ask }: LetterCall): Promise<LetterSummary[] | Outcome> {
  const letters: LetterSummary[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const query: string = new URLSearchParams({
      ...(values.channel !== undefined && { channel_id: values.channel }),
      ...(values.code !== undefined && { code: values.code }),
      ...(next && { next }),
    }).toString();
    const path = query && `?${query}`;
    const page = answerOf(await ask({ method: 'GET', root: ROOT, path }), letterListSchema);
    if (!('answered' in page)) return page;
    letters.push(...page.answered.dead_letters);
    next = page.answered.next;
  }
  return letters;
}
