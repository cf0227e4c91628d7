import type { Journey } from './journey.ts';
import { holdFile, PROVIDER_KEY } from './journey-files.ts';

/** The type that WhatsApp gives to what it records. */
export const VOICE_TYPE = 'audio/ogg; codecs=opus';

/** A voice note of a visitor's, with these bytes, in which the words are for a transcriber that answers with them. */
export function voiceNote(journey: Journey, words: string | Buffer) {
  const bytes = Buffer.from(words);
  return voiceOf(holdFile(journey, PROVIDER_KEY, { mimeType: VOICE_TYPE, bytes }));
}

/** A voice note whose file 360dialog has, or had, under this id. */
export const voiceOf = (id: string) => ({
  type: 'audio',
  audio: { id, mime_type: VOICE_TYPE, voice: true },
});
