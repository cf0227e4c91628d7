import { sandbox } from '../api/sandbox.ts';
import { isOfPhone, messagePath } from '../shell/message-path.ts';
import { goTo, path } from '../shell/router.ts';
import { channelId, orFault, person, token, visitor } from './phone-state.ts';
import { isBsuid } from './visitors.ts';

export type FileKind = 'image' | 'audio' | 'voice' | 'video' | 'document' | 'sticker';

/** Something the visitor does, as the double takes it (docs/contract.md#the-local-runtime). */
export type Deed = { quote?: string } & (
  | { text: string }
  | { file: { data: string; mime_type: string; name: string; kind: FileKind; caption?: string } }
  | { location: { latitude: number; longitude: number; name?: string; address?: string } }
  | { contacts: { name: string; phones: string[] }[] }
  | { tap: string; to: string }
  | { reaction: { to: string; emoji: string | null } }
  | { edit: { to: string; text: string } }
  | { revoke: { to: string } }
);

let deeds = 0;

/** Does it as the visitor whose phone is shown. Resolves to whether it went; `fault` says why not. */
export async function play(deed: Deed | Promise<Deed>): Promise<boolean> {
  const { person: by, name } = visitor.value;
  const [ofChannel, ofToken] = [channelId.value, token.value];
  deeds += 1;
  const mine = deeds;
  return orFault(async () => {
    const { message_id } = await sandbox.play({
      ...(await deed),
      ...(isBsuid(by) ? { bsuid: by } : { from: by }),
      name,
      token: ofToken,
    });
    const isSamePhone =
      person.value === by && channelId.value === ofChannel && isOfPhone(path.value);
    // Who is on another page by now, or has done something else, is not called back.
    if (isSamePhone && mine === deeds) goTo(messagePath(message_id), { replace: true });
  });
}

/** Sends a file as it lies on the person's disk. */
export const playFile = (file: File, kind: FileKind): Promise<boolean> =>
  play(sendingOf(file, kind));

async function sendingOf(file: File, kind: FileKind): Promise<Deed> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  const mime_type = file.type || 'application/octet-stream';
  return { file: { data: btoa(binary), mime_type, name: file.name, kind } };
}

/** As many arguments as every browser takes. */
const CHUNK = 0x8000;

/** As what WhatsApp sends a file of this type. */
export function kindOf({ type }: File): FileKind {
  const [group] = type.split('/');
  return group === 'image' || group === 'audio' || group === 'video' ? group : 'document';
}
