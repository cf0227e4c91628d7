import type { AgentMessage } from '../../contract/agent-event.ts';
import type { AskedEvent } from './kind.ts';

/** A file of the visitor's, at our signed address. */
export interface TurnFile {
  kind: 'image' | 'audio' | 'voice' | 'video' | 'document' | 'sticker';
  id: string | null;
  url: string | null;
  mime: string;
  name: string | null;
}

/** The messages of a turn, in order: with `burst_ms` there may be several. */
export function messagesOf(event: AskedEvent): AgentMessage[] {
  if (!('message' in event)) return [];
  const { messages } = event as { messages?: AgentMessage[] };
  return messages && messages.length > 0 ? messages : [event.message];
}

/**
 * What the visitor said, for an agent that reads nothing but text: never empty. What has no words is one
 * line in brackets, and so is an Incoming Request, which is not the visitor's.
 */
export function wordsOfTurn(event: AskedEvent): string {
  if ('request' in event) {
    return `[Incoming Request, not from the visitor: ${JSON.stringify(event.request.body)}]`;
  }
  return messagesOf(event).map(wordsOfMessage).join('\n');
}

/** The files of a turn that have an address. */
export const filesOfTurn = (event: AskedEvent): TurnFile[] =>
  messagesOf(event).flatMap((message) => fileOf(message) ?? []);

const FILES: readonly string[] = ['image', 'audio', 'voice', 'video', 'document', 'sticker'];

/** The file of a message; null: it has none. */
function fileOf(message: AgentMessage): TurnFile | null {
  if (!FILES.includes(message.kind)) return null;
  const file = fieldsOf(message.file);
  return {
    kind: message.kind as TurnFile['kind'],
    id: textOf(file.id),
    url: textOf(file.url),
    mime: textOf(file.mime_type) ?? 'application/octet-stream',
    name: textOf(file.filename),
  };
}

function wordsOfMessage(message: AgentMessage): string {
  const { kind, text } = message;
  const inBrackets = bracketed(message);
  if (kind === 'choice') return textOf(fieldsOf(message.option).label) ?? text;
  if (kind === 'voice') return transcriptOf(message) ?? inBrackets ?? text;
  return [inBrackets, text].filter(Boolean).join('\n') || '[empty message]';
}

/** What a model is to know of a message that is more than its words; null: it is words alone. */
function bracketed(message: AgentMessage): string | null {
  const name = fileOf(message)?.name;
  switch (message.kind) {
    case 'text':
      return null;
    case 'voice':
      return '[voice note, no transcript]';
    case 'image':
    case 'audio':
    case 'video':
    case 'document':
      return `[${message.kind}${name ? ` ${name}` : ''}]`;
    case 'location':
      return `[location ${[`${message.latitude},${message.longitude}`, message.name, message.address].filter(Boolean).join(' ')}]`;
    case 'contacts':
      return `[contacts ${JSON.stringify(message.contacts)}]`;
    case 'order':
      return `[order ${JSON.stringify(message.items)}]`;
    case 'form':
      return `[form ${message.name}: ${JSON.stringify(message.answers)}]`;
    case 'welcome':
      return '[the visitor opened the chat]';
    case 'call_permission':
      return `[call permission: ${message.response}]`;
    case 'unsupported':
      return `[message of a kind that cannot be shown: ${message.type}]`;
    default:
      return `[${message.kind}]`;
  }
}

function transcriptOf({ text, transcript }: AgentMessage): string | null {
  return textOf(fieldsOf(transcript).text) || text || null;
}

const fieldsOf = (value: unknown): Record<string, unknown> => Object(value);
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
