import type { DoctorFinding } from '../../contract/channel-answer.ts';
import { ok, problem } from './doctor-finding.ts';

/** What the server that makes text of voice notes answered when it was asked for its models. */
export type TranscriberState =
  /** `found`: what it says of the model, in a sentence. */
  | { kind: 'answers'; found: string }
  | { kind: 'key-refused' | 'redirects'; status: number }
  | { kind: 'silent'; reason: string };

/** What is to be said of it; null: the channel has none. */
export function transcriberFindings(transcriber: TranscriberState | null): DoctorFinding[] {
  switch (transcriber?.kind) {
    case 'answers':
      return [ok('transcriber-answers', 'The transcriber answers', transcriber.found)];
    case 'key-refused':
      return [
        problem(
          'transcriber-key-refused',
          'The transcriber refuses the key',
          `Asked for its models it answers HTTP ${transcriber.status}. With the same answer to a voice note the agent gets no transcript.`,
          'Set options.transcription.api_key, or the header it asks for in options.transcription.headers.',
        ),
      ];
    case 'redirects':
      return [
        problem(
          'transcriber-redirects',
          'The transcriber’s address redirects',
          `The server answers HTTP ${transcriber.status} and names another address. No redirect is followed, so no voice note gets a transcript.`,
          'Set options.transcription.url to the address it leads to.',
        ),
      ];
    case 'silent':
      return [
        problem(
          'transcriber-silent',
          'The transcriber did not answer',
          `Asked for its models it did not answer (${transcriber.reason}). Turns with voice notes go on without a transcript.`,
          'Start it, or correct options.transcription.url: the base, as https://api.openai.com/v1.',
        ),
      ];
    default:
      return [];
  }
}
