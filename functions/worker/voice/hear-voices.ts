// Voice notes become text before the agent is asked: what is known → fetch and post the others → keep what they say.
import type { Channel } from '../../../shared/contract/channel.ts';
import type { Chat } from '../../../shared/contract/chat.ts';
import type { MessageJob } from '../../../shared/contract/jobs.ts';
import type { TranscriptNote } from '../../../shared/contract/transcript.ts';
import type { MessageFacts } from '../../../shared/rules/agent-event/agent-message.ts';
import { messageEventId } from '../../../shared/rules/agent-event/event-id.ts';
import { wordEntry } from '../../../shared/store/history.ts';
import { findTurn } from '../../../shared/store/turns.ts';
import type { WorkerDeps } from '../deps.ts';
import { endUnheard, transcribeAll, type Voice } from './transcribe-all.ts';

/** What is known of the voice notes of a turn, by the ids of their messages. */
export type HeardVoices = Map<string, NonNullable<MessageFacts['heard']>>;

interface Hearing {
  channel: Channel;
  chat: Pick<Chat, 'id'>;
  jobs: MessageJob[];
  /** When an operator had the turn done again, epoch milliseconds; 0: never. */
  redrivenAt: number;
}

/**
 * PROTOCOLS 34: what the voice notes among these messages say, where the channel has a transcriber. A voice
 * note that cannot be had or understood gets a note, and the turn goes on. `waitMs`: the job has to wait for
 * a slot.
 */
export async function hearVoices(
  deps: WorkerDeps,
  { channel, chat, jobs, redrivenAt }: Hearing,
): Promise<HeardVoices | { waitMs: number }> {
  const { transcription, history_turns: turns } = channel.options;
  const noted = transcription ? jobs.flatMap((job) => voiceIn(channel, job) ?? []) : [];
  if (!transcription || noted.length === 0) return new Map();
  const voices = await Promise.all(noted.map((voice) => recall(deps, channel, voice, redrivenAt)));

  const open = voices.filter(({ heard }) => heard === undefined);
  if (open.length > 0) {
    const limits = { channel, side: 'transcriber', timeoutMs: deps.transcribeMs } as const;
    const end = await deps.gate.call(limits, (signal) =>
      transcribeAll(deps, { channel, transcription, voices: open }, signal),
    );
    if (typeof end === 'object' && 'waitMs' in end) return end;
    if (typeof end === 'string') {
      for (const voice of open) await endUnheard(deps, channel, voice, WITHOUT_CALL[end]);
    }
  }
  if (turns > 0) {
    await Promise.all(voices.map((voice) => tellHistory(deps, channel, chat, voice)));
  }
  return new Map(voices.flatMap(({ messageId, heard }) => (heard ? [[messageId, heard]] : [])));
}

const WITHOUT_CALL: Record<'given-up' | 'no-slot', { note: TranscriptNote; reason: string }> = {
  'given-up': { note: 'transcriber-failing', reason: 'every call to it has failed lately' },
  'no-slot': { note: 'transcriber-busy', reason: 'no slot was free for an hour' },
};

/** The voice note of a message; null: it is none. */
function voiceIn(channel: Channel, { item: { message } }: MessageJob): Voice | null {
  const { content, id: messageId } = message;
  if (content.kind !== 'voice') return null;
  const eventId = messageEventId(channel.id, messageId);
  return { messageId, eventId, file: content.file, begunAt: null };
}

/** PROTOCOLS 34.1. A note from before the turn was done again does not count. */
async function recall(
  { table }: WorkerDeps,
  channel: Channel,
  voice: Voice,
  redrivenAt: number,
): Promise<Voice> {
  const place = { channelId: channel.id, eventId: voice.eventId };
  const turn = await findTurn(table, place, { consistent: true });
  if (!turn) return voice;
  const { begun_at: begunAt, transcript, transcript_note: note } = turn;
  if (transcript) return { ...voice, begunAt, heard: transcript };
  if (note && note.at >= redrivenAt) return { ...voice, begunAt, heard: { note: note.code } };
  return { ...voice, begunAt };
}

/** PROTOCOLS 34.4. */
async function tellHistory(
  { table }: WorkerDeps,
  channel: Channel,
  chat: Pick<Chat, 'id'>,
  { eventId, begunAt: at, heard }: Voice,
): Promise<void> {
  if (at === null || !heard || 'note' in heard) return;
  await wordEntry(table, { channelId: channel.id, chatId: chat.id, at, id: eventId }, heard.text);
}
