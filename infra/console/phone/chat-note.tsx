import type { ChatNote } from '../../local/inspector/trail.ts';
import { messagePath } from '../shell/message-path.ts';
import { followLink } from '../shell/router.ts';
import { isWord, say } from '../words/translate.ts';

/** What the visitor's phone would not show: a reply that did not go, an agent that did not answer. */
export function ChatNoteLine({ note: { kind, code, reason, trail_id } }: { note: ChatNote }) {
  const why = `code.${code}`;
  const words = isWord(why) ? say(why) : null;
  return (
    <li class={`note ${kind}`}>
      <a href={messagePath(trail_id)} onClick={followLink}>
        <strong>{say(`note.${kind}`)}</strong>
        {words && <span>{words}</span>}
        {reason && <span class="reason">{reason}</span>}
        {code && <code>{code}</code>}
      </a>
    </li>
  );
}
