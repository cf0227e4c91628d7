import type { Channel } from '../../../shared/contract/channel.ts';
import type { ProviderFile } from '../../../shared/contract/message.ts';
import type { TranscriptNote } from '../../../shared/contract/transcript.ts';
import type { Transcription } from '../../../shared/contract/transcription-input.ts';
import { log } from '../../../shared/kernel/log.ts';
import { count, measure } from '../../../shared/kernel/metrics.ts';
import type { MessageFacts } from '../../../shared/rules/agent-event/agent-message.ts';
import { keepTranscript, keepTranscriptNote } from '../../../shared/store/keep-transcript.ts';
import { askTranscriber } from '../../../shared/transcriber/ask-transcriber.ts';
import type { CallEnd } from '../../chain/call-gate.ts';
import type { WorkerDeps } from '../deps.ts';
import { fetchVoice } from './fetch-voice.ts';

/** A voice note of a turn, and what is known of it. */
export interface Voice {
  messageId: string;
  /** The event of its own message. */
  eventId: string;
  file: ProviderFile;
  /** When that turn began, epoch milliseconds; null: it is not there any more. */
  begunAt: number | null;
  heard?: NonNullable<MessageFacts['heard']>;
}

/**
 * Two at once, since they share their time; no more, since each lies in memory twice while it is posted, and
 * WhatsApp takes audio of up to 16 MB (docs/360dialog.md#media-messages).
 */
const LANES = 2;

interface Work {
  channel: Channel;
  transcription: Transcription;
  voices: Voice[];
}

/** PROTOCOLS 34.2 and 34.3. When `signal` ends it, what was not kept by then is not known. */
export async function transcribeAll(
  deps: WorkerDeps,
  { channel, transcription, voices }: Work,
  signal: AbortSignal,
): Promise<CallEnd<null>> {
  const deadline = performance.now() + deps.transcribeMs;
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(deps.transcribeMs)]);
  const secrets = await deps.secrets.read(channel.id, channel.secret_version);
  const waiting = [...voices];
  const failures: boolean[] = [];

  async function workThrough(): Promise<void> {
    for (let voice = waiting.shift(); voice && !signal.aborted; voice = waiting.shift()) {
      await transcribe(voice);
    }
  }
  async function transcribe(voice: Voice): Promise<void> {
    const file = await fetchVoice(deps, channel.id, voice.file, inTime);
    if (signal.aborted) return;
    const timeoutMs = deadline - performance.now();
    if (timeoutMs <= 0) return endUnheard(deps, channel, voice, TIME_IS_OVER);
    if (file.kind === 'unheard') return endUnheard(deps, channel, voice, file);
    const startedAt = performance.now();
    const asked = await askTranscriber({
      settings: transcription,
      secrets,
      voice: file,
      reach: deps.reach,
      timeoutMs,
      signal,
    });
    if (signal.aborted) return;
    failures.push(asked.failed);
    const tookMs = Math.round(performance.now() - startedAt);
    measure('transcriber-latency', tookMs, 'Milliseconds');
    if (asked.kind === 'unheard') return endUnheard(deps, channel, voice, asked);
    const { eventId } = voice;
    await keepTranscript(deps.table, { channelId: channel.id, eventId }, asked.transcript);
    voice.heard = asked.transcript;
    const { length: characters } = asked.transcript.text;
    log.info('voice-transcribed', { event_id: eventId, took_ms: tookMs, characters });
  }

  await Promise.all(Array.from({ length: LANES }, workThrough));
  const failed = failures.length === 0 ? null : failures.includes(true);
  return { value: null, failed };
}

const TIME_IS_OVER = { note: 'transcriber-timeout', reason: 'the time was over' } as const;

/** The voice note stays without a transcript: the agent is told why, and so is the operator. */
export async function endUnheard(
  { table, now }: WorkerDeps,
  channel: Channel,
  voice: Voice,
  { note, reason }: { note: TranscriptNote; reason: string },
): Promise<void> {
  const { eventId } = voice;
  await keepTranscriptNote(table, { channelId: channel.id, eventId }, { code: note, at: now() });
  voice.heard = { note };
  count('voice-not-transcribed');
  log.warn('voice-not-transcribed', { event_id: eventId, note, reason });
}
