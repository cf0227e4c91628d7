import type { Command } from './command.ts';
import { activate } from './commands/activate.ts';
import { chat } from './commands/chat.ts';
import { check } from './commands/check.ts';
import { consoleCommand } from './commands/console.ts';
import { create } from './commands/create.ts';
import { deactivate } from './commands/deactivate.ts';
import { deadLetters } from './commands/dead-letters.ts';
import { deleteChannel } from './commands/delete.ts';
import { edit } from './commands/edit.ts';
import { exportChannel } from './commands/export.ts';
import { hold } from './commands/hold.ts';
import { list } from './commands/list.ts';
import { notify } from './commands/notify.ts';
import { reply } from './commands/reply.ts';
import { resume } from './commands/resume.ts';
import { rotate } from './commands/rotate.ts';
import { send } from './commands/send.ts';
import { show } from './commands/show.ts';
import { status } from './commands/status.ts';
import { templates } from './commands/templates.ts';
import { trace } from './commands/trace.ts';

/** Every command, in the order in which a channel's life needs them. */
export const COMMANDS: readonly Command[] = [
  create,
  list,
  status,
  show,
  exportChannel,
  edit,
  activate,
  check,
  rotate,
  chat,
  reply,
  trace,
  send,
  notify,
  templates,
  deadLetters,
  consoleCommand,
  hold,
  resume,
  deactivate,
  deleteChannel,
];
