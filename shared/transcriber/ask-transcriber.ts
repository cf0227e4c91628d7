// Speech to text, at any server that has OpenAI's endpoint for it. docs/contract.md#voice-notes-as-text
import { bearer, under } from '../agent/wire/hear.ts';
import type { ChannelSecrets } from '../contract/channel-secrets.ts';
import type { Transcription } from '../contract/transcription-input.ts';
import { exchange, hasFailed, type Reach } from '../kernel/http.ts';
import { multipart } from '../kernel/multipart.ts';
import { type HeardAnswer, readTranscript } from './read-transcript.ts';

/** Far more than hours of speech; a server that sends more sends something else. */
const MAX_ANSWER_BYTES = 1024 * 1024;

export interface TranscriberCall {
  settings: Transcription;
  secrets: Pick<ChannelSecrets, 'transcriber_headers' | 'transcriber_api_key'>;
  voice: { pieces: readonly Buffer[]; mimeType: string };
  reach: Reach;
  timeoutMs: number;
  signal: AbortSignal;
}

/** The headers of every request to a transcriber. */
export const transcriberHeaders = ({
  transcriber_headers: headers,
  transcriber_api_key: key,
}: TranscriberCall['secrets']): Record<string, string> => ({
  accept: 'application/json',
  ...bearer(key ?? null),
  ...headers,
});

/**
 * Posts a voice note and reads what it says. Never throws. `failed`: the server did not answer, could not be
 * reached, or answered 5xx. No redirect is followed, so the key stays where it was meant for.
 */
export async function askTranscriber({
  settings: { url, model, language, prompt },
  secrets,
  voice: { pieces, mimeType },
  ...limits
}: TranscriberCall): Promise<HeardAnswer & { failed: boolean }> {
  const form = multipart(
    { model, ...(language && { language }), ...(prompt && { prompt }) },
    { name: 'file', filename: 'voice.ogg', mimeType, pieces },
  );
  const outcome = await exchange({
    method: 'POST',
    url: under(url, '/audio/transcriptions'),
    headers: { ...transcriberHeaders(secrets), 'content-type': form.type },
    body: form.bytes,
    maxBytes: MAX_ANSWER_BYTES,
    ...limits,
  });
  return { ...readTranscript(outcome), failed: hasFailed(outcome) };
}
