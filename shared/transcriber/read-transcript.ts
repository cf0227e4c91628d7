import {
  LONGEST_TRANSCRIPT,
  type Transcript,
  type TranscriptNote,
} from '../contract/transcript.ts';
import type { HttpOutcome } from '../kernel/http.ts';
import { isFields } from '../kernel/is-fields.ts';
import { readJson } from '../kernel/read-json.ts';

/** What came of asking. `reason`: for the log, without a word of what was said. */
export type HeardAnswer =
  | { kind: 'heard'; transcript: Transcript }
  | { kind: 'unheard'; note: TranscriptNote; reason: string };

/** Longer than any name of a language. */
const LONGEST_LANGUAGE = 64;

/** Reads what a transcriber answered: `text`, and `language` where it names one. */
export function readTranscript(outcome: HttpOutcome): HeardAnswer {
  if (outcome.kind === 'not-sent') {
    return outcome.reason === 'timeout'
      ? unheard('transcriber-timeout', 'timeout')
      : unheard('transcriber-unreachable', outcome.reason);
  }
  if (outcome.kind === 'no-answer') {
    if (outcome.reason === 'timeout') return unheard('transcriber-timeout', 'timeout');
    return outcome.reason === 'too-large'
      ? unheard('transcript-unreadable', 'the answer is over 1 MB')
      : unheard('transcriber-unreachable', outcome.reason);
  }
  const { status, body } = outcome;
  if (status < 200 || status >= 300) {
    const redirect = status >= 300 && status < 400 ? ', a redirect, which is not followed' : '';
    return unheard('transcriber-failed', `HTTP ${status}${redirect}`);
  }
  const json = readJson(body.toString('utf8'));
  if (!isFields(json)) return unheard('transcript-unreadable', 'the answer is no JSON object');
  const { text, language } = json;
  if (typeof text !== 'string') return unheard('transcript-unreadable', 'the answer has no text');
  const isNamed =
    typeof language === 'string' && language !== '' && language.length <= LONGEST_LANGUAGE;
  return {
    kind: 'heard',
    transcript: {
      text: text.trim().slice(0, LONGEST_TRANSCRIPT).toWellFormed(),
      ...(isNamed && { language: language.toWellFormed() }),
    },
  };
}

const unheard = (note: TranscriptNote, reason: string): HeardAnswer => ({
  kind: 'unheard',
  note,
  reason,
});
