import type { ProviderFile } from '../../../shared/contract/message.ts';
import type { TranscriptNote } from '../../../shared/contract/transcript.ts';
import type { OpenedMedia } from '../../../shared/dialog360/download-media.ts';
import { Failure } from '../../../shared/kernel/failure.ts';
import { MEDIA_ID } from '../../../shared/rules/agent-event/media-link.ts';
import { openFile } from '../../chain/open-file.ts';
import type { WorkerDeps } from '../deps.ts';

/** The most that OpenAI's endpoint takes (https://help.openai.com/en/articles/7031512-whisper-api-faq, read 2026-11-30). */
const MAX_BYTES = 25 * 1024 * 1024;

/** What WhatsApp's voice notes are. */
const VOICE_TYPE = 'audio/ogg';
/** A type that a header may carry. */
const PLAIN_TYPE = /^[\w.+-]{1,60}\/[\w.+-]{1,60}( ?; ?[\w-]{1,30}=[\w.+-]{1,60})?$/;

/** A voice note in the pieces in which it came (the form that posts it joins them); or why it cannot be had. */
export type FetchedVoice =
  | { kind: 'fetched'; pieces: Buffer[]; mimeType: string }
  | { kind: 'unheard'; note: TranscriptNote; reason: string };

/** PROTOCOLS 23: fetches a voice note from 360dialog. Throws only where our own table or SSM is away. */
export async function fetchVoice(
  deps: WorkerDeps,
  channelId: string,
  { id, mime_type }: ProviderFile,
  signal: AbortSignal,
): Promise<FetchedVoice> {
  if (id === null || !MEDIA_ID.test(id)) return unheard('file-gone', '360dialog never had it');
  const opened = await open(deps, { channelId, mediaId: id, type: mime_type }, signal);
  if ('note' in opened) return opened;
  const pieces = await collect(opened);
  if ('note' in pieces) return pieces;
  const mimeType = mime_type && PLAIN_TYPE.test(mime_type) ? mime_type : VOICE_TYPE;
  return { kind: 'fetched', pieces, mimeType };
}

async function open(
  deps: WorkerDeps,
  file: { channelId: string; mediaId: string; type: string | undefined },
  signal: AbortSignal,
) {
  try {
    return await openFile({ ...deps, ...deps.files }, file, { range: null, signal });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    switch (error.code) {
      case 'media-gone':
      case 'channel-unknown':
        return unheard('file-gone', error.code);
      case 'media-refused':
      case 'media-unavailable':
        return unheard('file-unavailable', error.code);
      default:
        throw error;
    }
  }
}

async function collect({ headers, body }: OpenedMedia) {
  const chunks: Buffer[] = [];
  let size = Number(headers['content-length'] ?? 0);
  if (size > MAX_BYTES) {
    body.destroy();
    return unheard('file-too-large', `${size} bytes`);
  }
  size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_BYTES) return unheard('file-too-large', 'over 25 MB');
      chunks.push(chunk);
    }
  } catch (error) {
    // The stream ended early, or the time was over: the turn goes on without.
    return unheard('file-unavailable', error instanceof Error ? error.name : 'ended');
  }
  return chunks;
}

const unheard = (note: TranscriptNote, reason: string) => ({
  kind: 'unheard' as const,
  note,
  reason,
});
