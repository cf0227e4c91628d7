// What is said in the two versions of A2A, and what is read from both.
import { isFields } from '../../kernel/is-fields.ts';
import { type AgentReply, readAgentAnswer, refused } from './answer.ts';
import { readWords, repliesIn } from './read-words.ts';
import type { TurnFile } from './words-of-turn.ts';

export interface A2aMessage {
  id: string;
  words: string;
  files: TurnFile[];
  context: string | null;
  task: string | null;
  metadata: Record<string, unknown> | null;
}

interface Rpc {
  send: string;
  look: string;
  paramsOf: (message: A2aMessage) => unknown;
}

export const rpcOf = (version: '1.0' | '0.3'): Rpc => (version === '1.0' ? V1 : V03);

const V1: Rpc = {
  send: 'SendMessage',
  look: 'GetTask',
  paramsOf: ({ words, files, ...message }) => ({
    message: {
      ...namesOf(message),
      role: 'ROLE_USER',
      parts: [
        { text: words },
        ...files.flatMap(({ url, mime, name }) =>
          url === null ? [] : [{ url, mediaType: mime, ...(name && { filename: name }) }],
        ),
      ],
    },
    configuration: { acceptedOutputModes: ['text/plain'] },
  }),
};

const V03: Rpc = {
  send: 'message/send',
  look: 'tasks/get',
  paramsOf: ({ words, files, ...message }) => ({
    message: {
      kind: 'message',
      ...namesOf(message),
      role: 'user',
      parts: [
        { kind: 'text', text: words },
        ...files.flatMap(({ url, mime, name }) =>
          url === null
            ? []
            : [{ kind: 'file', file: { uri: url, mimeType: mime, ...(name && { name }) } }],
        ),
      ],
    },
    configuration: { acceptedOutputModes: ['text/plain'], blocking: true },
  }),
};

const namesOf = ({ id, context, task, metadata }: Omit<A2aMessage, 'words' | 'files'>) => ({
  messageId: id,
  ...(context !== null && { contextId: context }),
  ...(task !== null && { taskId: task }),
  ...(metadata !== null && { metadata }),
});

export type A2aResult =
  | { kind: 'working'; task: string }
  | { kind: 'end'; reply: AgentReply; context: string | null; task: string | null };

/** Reads the result of a call: a message, or a task in one of its states. */
export function readResult(result: unknown): A2aResult {
  const { task, message } = Object(result);
  if (isFields(task)) return readTask(task);
  if (isFields(message)) return ended(readParts(message.parts), message);
  if (!isFields(result)) return ended(noResult(), {});
  return result.kind === 'message' ? ended(readParts(result.parts), result) : readTask(result);
}

const noResult = () =>
  refused('agent-answer-invalid', 'The answer has neither a message nor a task.');

const ended = (reply: AgentReply, { contextId }: Record<string, unknown>, task?: unknown) => ({
  kind: 'end' as const,
  reply,
  context: textOf(contextId),
  task: textOf(task),
});

function readTask(task: Record<string, unknown>): A2aResult {
  const { id, status, artifacts } = task;
  const { state, message } = Object(status);
  const parts = Object(message).parts;
  switch (stateOf(state)) {
    case 'submitted':
    case 'working':
      return { kind: 'working', task: String(id) };
    case 'completed': {
      const made = Array.isArray(artifacts) ? artifacts.flatMap((one) => Object(one).parts) : [];
      return ended(made.length > 0 ? readParts(made) : readParts(parts), task);
    }
    case 'input-required':
      return ended(readParts(parts), task, id);
    case 'rejected':
      return ended(readParts(parts), task);
    case 'auth-required':
      return ended(refused('agent-rejected', 'The task asks for authentication.'), task);
    case 'failed':
    case 'canceled':
      return ended(refused('agent-rejected', `The task ended as ${stateOf(state)}.`), task);
    default:
      return ended(noResult(), task);
  }
}

/** `TASK_STATE_INPUT_REQUIRED` of 1.0 is `input-required` of 0.3. */
const stateOf = (state: unknown): string =>
  String(state)
    .replace(/^TASK_STATE_/, '')
    .replaceAll('_', '-')
    .toLowerCase();

function readParts(parts: unknown): AgentReply {
  const all = Array.isArray(parts) ? parts.filter(isFields) : [];
  const words = all.map(({ text }) => text).filter((text) => typeof text === 'string');
  const files = all.flatMap(fileReply);
  if (files.length === 0) {
    const data = all.map(({ data }) => data).find((one) => Array.isArray(Object(one).replies));
    return words.length === 0 && isFields(data) ? readAgentAnswer(data) : readWords(words.join(''));
  }
  return readAgentAnswer({ replies: [...repliesIn(words.join('')), ...files] });
}

/** A file by its address: 1.0 has it in the part, 0.3 in the part's `file`. */
function fileReply({ url, mediaType, filename, file }: Record<string, unknown>): unknown[] {
  const { uri, mimeType, name } = Object(file);
  const address = textOf(url) ?? textOf(uri);
  if (address === null) return [];
  const type = textOf(mediaType) ?? textOf(mimeType) ?? '';
  const called = textOf(filename) ?? textOf(name);
  const kind = ['image', 'audio', 'video'].find((kind) => type.startsWith(`${kind}/`)) ?? 'file';
  const title = kind === 'file' && called !== null && { filename: called };
  return [{ type: 'attachment', kind, url: address, ...title }];
}

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;
