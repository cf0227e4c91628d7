import type { ComponentChildren } from 'preact';
import type { ChatView } from '../../../shared/contract/chat-view.ts';
import { Personal } from '../masks/personal.tsx';
import { Fact, Facts } from '../shell/facts.tsx';
import { moment } from '../words/moments.ts';
import { say } from '../words/translate.ts';

/** Who the visitor is, as far as WhatsApp says it. */
export function IdentityCard({ chat, names }: { chat: ChatView; names: string[] }) {
  const { phone, bsuid, username } = chat.identity;
  const earlier = names.filter((name) => name !== `phone:${phone}` && name !== `bsuid:${bsuid}`);
  const known = (text: string | null): ComponentChildren =>
    text ? <Personal text={text} /> : <span class="quiet">{say('chat.unknown')}</span>;
  return (
    <section class="card group" aria-labelledby="who">
      <h2 id="who">{say('chat.who')}</h2>
      <Facts>
        <Fact name={say('chat.name')}>{known(chat.name)}</Fact>
        <Fact name={say('chat.phone')}>{known(phone && `+${phone}`)}</Fact>
        <Fact name={say('chat.bsuid')}>{known(bsuid)}</Fact>
        {username && <Fact name={say('chat.username')}>{known(username)}</Fact>}
        <Fact name={say('chat.channel-chat-id')}>
          <span class="mono">{known(chat.channel_chat_id)}</span>
        </Fact>
        {earlier.length > 0 && (
          <Fact name={say('chat.earlier')}>
            {earlier.map((name) => (
              <div key={name}>{known(name)}</div>
            ))}
          </Fact>
        )}
        <Fact name={say('chat.created')}>{moment(chat.created_at)}</Fact>
        <Fact name={say('chat.last-wrote')}>
          {chat.last_inbound_at ? moment(chat.last_inbound_at) : say('chat.never')}
        </Fact>
      </Facts>
    </section>
  );
}
