import type { AgentAnswer } from '../../contract/agent-answer.ts';
import type { AgentSettings } from '../../contract/agent-kind.ts';
import { isFields } from '../../kernel/is-fields.ts';
import type { AgentReply } from './answer.ts';

/**
 * An answer without its markers: where a text holds `operator_marker` the dialog goes to an operator, and
 * where it holds `close_marker` it is closed. A text that was nothing but markers is gone.
 */
export function readMarkers(
  reply: AgentReply,
  { operator_marker, close_marker }: Pick<AgentSettings, 'operator_marker' | 'close_marker'>,
): AgentReply {
  if (reply.kind !== 'answered') return reply;
  const closed = close_marker ? without(close_marker, 'close', reply.answer) : reply.answer;
  const answer = operator_marker ? without(operator_marker, 'operator', closed) : closed;
  return { ...reply, answer };
}

function without(
  marker: string,
  dialog: AgentAnswer['dialog'],
  { replies, ...answer }: AgentAnswer,
): AgentAnswer {
  const marked = replies.map((said) => textOf(said)?.includes(marker) ?? false);
  if (!marked.includes(true)) return { replies, ...answer };
  const kept = replies.flatMap((said, at) => {
    if (!marked[at]) return [said];
    const text = textOf(said)?.replaceAll(marker, '').trim();
    if (!text) return isFields(said) && said.type !== 'text' ? [said] : [];
    return [isFields(said) ? { ...said, text } : text];
  });
  return { replies: kept, dialog };
}

function textOf(said: unknown): string | null {
  const text = isFields(said) ? said.text : said;
  return typeof text === 'string' ? text : null;
}
