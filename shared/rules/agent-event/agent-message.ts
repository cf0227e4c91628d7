import type { AgentMessage } from '../../contract/agent-event.ts';
import type { InboundMessage } from '../../contract/inbound-item.ts';
import type { ProviderFile } from '../../contract/message.ts';
import type { Transcript, TranscriptNote } from '../../contract/transcript.ts';

/** Our signed address of a file, or why there is none (`sandbox`: it has no media). */
export type FileAddress = { url: string; expires_at: string } | { unavailable: string };

/** What the agent is told of a message that does not stand in the message itself. */
export interface MessageFacts {
  /** When the webhook took it, epoch milliseconds. */
  receivedAt: number;
  /** Needed for kinds with a file; null for all others. */
  file: FileAddress | null;
  /** What we know of the quoted message from our own records. */
  quoted?: { from: 'agent' | 'visitor' | 'human'; reply_id?: string; id?: string };
  /** What a voice note says, or why that is not known; absent: no transcriber was asked. */
  heard?: Transcript | { note: TranscriptNote };
}

/** The message as the agent gets it (docs/contract.md#messages). Times become ISO 8601. */
export function agentMessage(message: InboundMessage, facts: MessageFacts): AgentMessage {
  const { kind, ...added } = message.content;
  return {
    id: message.id,
    kind,
    text: message.text,
    sent_at: iso(message.sent_at ?? facts.receivedAt),
    received_at: iso(facts.receivedAt),
    ...added,
    ...('file' in message.content && { file: fileMember(message.content.file, facts.file) }),
    ...(facts.heard && transcriptMembers(facts.heard)),
    ...(message.reply_to && { reply_to: replyMember(message, message.reply_to, facts) }),
    ...(message.forwarded && { forwarded: true }),
    ...(message.referral && { referral: message.referral }),
    identity: message.from,
  };
}

const transcriptMembers = (heard: NonNullable<MessageFacts['heard']>) =>
  'note' in heard ? { transcript: null, transcript_note: heard.note } : { transcript: heard };

/** The type of a file of which the provider names none (RFC 2046 §4.5.1). */
const UNKNOWN_TYPE = 'application/octet-stream';

function fileMember({ id, mime_type, ...more }: ProviderFile, address: FileAddress | null) {
  // The provider never got it, so there is nothing to point at.
  const known = id === null ? { unavailable: 'not-downloaded' } : address;
  return {
    id,
    url: null,
    expires_at: null,
    ...(known ?? { unavailable: 'no-address' }),
    mime_type: mime_type ?? UNKNOWN_TYPE,
    ...more,
  };
}

function replyMember(
  { from }: InboundMessage,
  { message_id, author }: NonNullable<InboundMessage['reply_to']>,
  { quoted }: MessageFacts,
) {
  // The business's own number may be the agent or a person: only our records tell them apart.
  const own = author !== null && (author === from.phone || author === from.bsuid);
  return { message_id, from: own ? 'visitor' : null, ...quoted };
}

const iso = (ms: number) => new Date(ms).toISOString();
