import type { Play } from '../play/play-schema.ts';

/** What the double says when a chat changed. */
export interface ChatChange {
  /** The 360dialog API key of the number. */
  token: string;
  /** The visitor: a phone number or BSUID. */
  person: string;
}

/** What the double tells, by name. */
export interface DoubleNews {
  /** A chat changed. */
  change: [ChatChange];
  /** A number took a file: of a visitor, or uploaded. */
  file: [{ token: string; id: string }];
  /** A visitor is about to do something. */
  played: [ChatChange & { play: Play }];
  /** A webhook was registered. */
  webhook: [];
}
