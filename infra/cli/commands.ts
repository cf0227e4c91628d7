import type { Command } from './command.ts';
import { activate } from './commands/activate.ts';
import { chat } from './commands/chat.ts';
import { check } from './commands/check.ts';
import { create } from './commands/create.ts';
import { deactivate } from './commands/deactivate.ts';
import { deleteChannel } from './commands/delete.ts';
import { edit } from './commands/edit.ts';
import { list } from './commands/list.ts';
import { rotate } from './commands/rotate.ts';
import { show } from './commands/show.ts';

/** Every command, in the order in which a channel's life needs them. */
export const COMMANDS: readonly Command[] = [
  create,
  list,
  show,
  edit,
  activate,
  check,
  rotate,
  chat,
  deactivate,
  deleteChannel,
];
