import type { AgentMessage, AskingEvent } from '../../shared/contract/agent-event.ts';
import type { Channel } from '../../shared/contract/channel.ts';
import type { Chat } from '../../shared/contract/chat.ts';
import type { InboundMessage } from '../../shared/contract/inbound-item.ts';
import type { MessageJob } from '../../shared/contract/jobs.ts';
import {
  agentMessage,
  type FileAddress,
  type MessageFacts,
} from '../../shared/rules/agent-event/agent-message.ts';
import { clientMessage } from '../../shared/rules/agent-event/channel-variables.ts';
import { eventEnvelope, type Posting } from '../../shared/rules/agent-event/event-envelope.ts';
import { eventTypeOf } from '../../shared/rules/agent-event/event-type.ts';
import { mediaLink } from '../../shared/rules/agent-event/media-link.ts';
import { readFileHash } from '../../shared/rules/media/file-hash.ts';
import { inboundTime } from '../../shared/rules/window/window.ts';
import { findSentMessage, type SentMessage } from '../../shared/store/delivery/sent-messages.ts';
import type { WorkerDeps } from './deps.ts';
import { resolveChoice } from './resolve-choice.ts';
import type { HeardVoices } from './voice/hear-voices.ts';

interface Said {
  channel: Channel;
  chat: Chat;
  eventId: string;
  /** The messages the event is about, the newest last. */
  jobs: [...MessageJob[], MessageJob];
  /** What their voice notes say. */
  heard?: HeardVoices;
}

/** Looks up what the agent gets with messages, and returns what writes the event for one posting. */
export async function messageEvent(
  deps: WorkerDeps,
  { channel, chat, eventId, jobs, heard = new Map() }: Said,
): Promise<(posting: Posting) => AskingEvent> {
  const all = await Promise.all(jobs.map((job) => lookUp(deps, { channel, chat, job, heard })));
  const newest = all.at(-1) as LookedUp;
  const { message, fileUrl, told, receivedAt } = newest;
  const types = all.map((one) => eventTypeOf(one.message.content.kind));
  const type = types.includes('message') ? 'message' : eventTypeOf(message.content.kind);
  const about = { message, fileUrl };
  return (posting) => {
    const envelope = eventEnvelope(
      { channel, chat, type, eventId, at: receivedAt, about },
      posting,
    );
    if (all.length === 1) return { ...envelope, message: told };
    const said = all.map((one) => clientMessage(one.message, one.fileUrl));
    return {
      ...envelope,
      context: { ...envelope.context, client_message: said.join('\n') },
      message: told,
      messages: all.map((one) => one.told),
    };
  };
}

/** A message as the agent gets it, and what that was made from. */
interface LookedUp {
  message: InboundMessage;
  fileUrl: string | null;
  told: AgentMessage;
  receivedAt: number;
}

async function lookUp(
  deps: WorkerDeps,
  {
    channel,
    chat,
    job,
    heard,
  }: Pick<Said, 'channel' | 'chat'> & { job: MessageJob; heard: HeardVoices },
): Promise<LookedUp> {
  const { received_at: receivedAt } = job;
  const file = await fileAddress(deps, channel, job);
  const known = await quotedMessage(deps, channel, job);
  const saidAt = inboundTime(job.item.message.sent_at, receivedAt);
  const message = await resolveChoice(deps, {
    channel,
    chat,
    message: job.item.message,
    quoted: known,
    saidAt,
  });
  const quoted = authorOf(known);
  const said = heard.get(message.id);
  const told = agentMessage(message, {
    receivedAt,
    file,
    ...(quoted && { quoted }),
    ...(said && { heard: said }),
  });
  return { message, fileUrl: file && 'url' in file ? file.url : null, told, receivedAt };
}

/** Our signed address of the message's file; the sandbox serves none (docs/360dialog.md#sandbox). */
async function fileAddress(
  { mediaKey, mediaUrl, now }: WorkerDeps,
  channel: Channel,
  { item: { message } }: MessageJob,
): Promise<FileAddress | null> {
  const { content } = message;
  if (!('file' in content) || content.file.id === null) return null;
  if (channel.hosting === 'sandbox') return { unavailable: 'sandbox' };
  const expiresAt = now() + channel.options.media_url_ttl_hours * 3_600_000;
  const { id: mediaId, filename: name, mime_type: type, sha256 } = content.file;
  return mediaLink({
    host: mediaUrl,
    channelId: channel.id,
    mediaId,
    name,
    type,
    sha256: readFileHash(sha256) ?? undefined,
    key: await mediaKey(),
    expiresAt,
  });
}

/**
 * What our records say of the message that this one quotes. A tap may be faster than a cheap read, and a
 * choice that is not understood now never will be: before the message counts as unknown it is read again.
 */
async function quotedMessage(
  { table }: WorkerDeps,
  channel: Channel,
  { item: { message } }: MessageJob,
): Promise<SentMessage | null> {
  const messageId = message.reply_to?.message_id;
  if (!messageId) return null;
  const place = { channelId: channel.id, messageId };
  const seen = await findSentMessage(table, place);
  return seen?.owner || seen?.human ? seen : findSentMessage(table, place, { consistent: true });
}

/** Who wrote the quoted message, as far as our records say. */
function authorOf(known: SentMessage | null): MessageFacts['quoted'] | null {
  if (known?.human) return { from: 'human' };
  if (!known?.owner) return null;
  const { replyId, id } = known.owner;
  return { from: 'agent', reply_id: replyId, ...(id !== null && { id }) };
}
