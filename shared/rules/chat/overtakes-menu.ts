import type { ShownMenu } from '../../contract/chat.ts';
import type { ReplyJob } from '../../contract/jobs.ts';

/**
 * Whether a reply, by leaving, makes the numbers of an older menu ambiguous: it is not part of the same
 * answer. A menu that was overtaken before is not overtaken again.
 */
export const overtakesMenu = (
  { reply_id, event_id }: Pick<ReplyJob, 'reply_id' | 'event_id'>,
  menu: ShownMenu,
): boolean =>
  !menu.overtaken &&
  menu.reply_id !== reply_id &&
  (menu.event_id === null || menu.event_id !== event_id);
