import type { ReplyOf } from '../../contract/reply.ts';
import { onOneLine } from './cut-label.ts';
import { renderInteractive } from './interactive.ts';
import type { RenderedPart, RenderOptions } from './rendering.ts';

/**
 * A form of WhatsApp's (a flow) behind a button. Without a screen it begins where its maker said. Its token
 * is our reply id, by which the answers are known as ours (docs/360dialog.md#sending).
 */
export function renderFlow(
  { text, header, footer, flow_id, cta, mode, screen, data }: ReplyOf<'flow'>,
  how: RenderOptions,
): RenderedPart[] {
  const parameters = {
    flow_message_version: '3',
    flow_token: how.replyId,
    flow_id,
    flow_cta: onOneLine(cta),
    ...(mode === 'draft' && { mode }),
    ...(screen !== undefined && {
      flow_action: 'navigate',
      flow_action_payload: { screen, ...(data && { data }) },
    }),
  };
  const action = { name: 'flow', parameters };
  return renderInteractive({ type: 'flow', text, header, footer, action }, how);
}
