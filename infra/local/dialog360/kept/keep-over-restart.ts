import { join } from 'node:path';
import type { Dialog360Double } from '../double.ts';
import { KeptChats } from './kept-chats.ts';
import { keepFile, restoreFiles } from './kept-files.ts';
import { keepWebhooks, readWebhooks } from './kept-webhooks.ts';

/**
 * Puts back what earlier runs have left in the folder: the webhooks, the files and the phones' chats. From
 * then on it keeps each change there. `publicUrl`: where the runtime is in this run.
 */
export function keepOverRestart(double: Dialog360Double, folder: string, publicUrl: string): void {
  const webhooks = join(folder, '360dialog.json');
  const files = join(folder, '360dialog-files');
  const chats = new KeptChats(join(folder, '360dialog-chats.jsonl'), publicUrl);

  for (const [key, webhook] of readWebhooks(webhooks, publicUrl)) {
    double.account(key).webhook = webhook;
  }
  restoreFiles(files, (key) => double.account(key).files);
  chats.restore((key) => double.account(key).chats);

  double.changes.on('webhook', () => keepWebhooks(webhooks, publicUrl, double.accounts.values()));
  double.changes.on('file', ({ token, id }) =>
    keepFile(files, token, id, double.account(token).files),
  );
  double.changes.on('change', ({ token, person }) =>
    chats.keep(token, person, double.account(token).chats),
  );
}
