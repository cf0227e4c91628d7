/** What a visitor said in a voice note (docs/contract.md#voice-notes-as-text). */
export interface Transcript {
  text: string;
  /** As the transcriber names it, where it does. */
  language?: string;
}

/** Why a voice note has no transcript. */
export type TranscriptNote =
  /** 360dialog has no such file any more, or never had it; the sandbox hands none out. */
  | 'file-gone'
  /** It is there, and could not be had now. */
  | 'file-unavailable'
  | 'file-too-large'
  | 'transcriber-unreachable'
  /** The time for the turn's voice notes was over. */
  | 'transcriber-timeout'
  /** It answered with a status that is no success. */
  | 'transcriber-failed'
  /** What it answered holds no text. */
  | 'transcript-unreadable'
  /** It was not asked: every call to it has failed lately. */
  | 'transcriber-failing'
  /** It was not asked: for an hour it had more to do than the channel may ask at once. */
  | 'transcriber-busy';

/** The same as a turn keeps it. `at`: epoch milliseconds. */
export interface KeptNote {
  code: TranscriptNote;
  at: number;
}

/** The longest that is kept of one, in UTF-16 units: hours of speech are longer, and a turn is one item. */
export const LONGEST_TRANSCRIPT = 32_768;
