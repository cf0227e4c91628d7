/** One line of a story. */
export interface TraceStep {
  /** ISO 8601. */
  at: string;
  /** The function that did it; `visitor` and `operator` for what people did. */
  room: string;
  /** Which attempt it was; null: the first, or it is none. */
  attempt: number | null;
  says: string;
  source: 'log' | 'table';
}

/** How a story calls its replies: by their place in it. */
export type ReplyNames = (replyId: unknown) => string;

export const replyNames = (replies: { reply_id: string }[]): ReplyNames => {
  const ids = replies.map(({ reply_id }) => reply_id);
  return (id) => (ids.includes(String(id)) ? `reply ${ids.indexOf(String(id)) + 1}` : 'a reply');
};

/** A code and its reason, as the end of a sentence. */
export const because = (code: unknown, reason?: unknown): string => {
  const said = [code, reason].filter((one) => typeof one === 'string' || typeof one === 'number');
  return said.length > 0 ? ` (${said.join(': ')})` : '';
};

/** `1 reply`, `2 replies`. */
export const counted = (count: unknown, one: string, many: string): string =>
  `${String(count)} ${count === 1 ? one : many}`;
