import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import { AgentBox } from '../agent/agent-box.tsx';
import { choose, trail } from '../inspector/trail-state.ts';
import { Lab } from '../lab/lab.tsx';
import { Icon, type IconName } from '../shell/icon.tsx';
import { useLookAgain } from '../shell/look-again.ts';
import { TimeCard } from '../time/time-card.tsx';
import { WindowClock } from '../window/window-clock.tsx';
import { say, type Word } from '../words/translate.ts';
import { ChannelChoice } from './channel-choice.tsx';
import { Phone } from './phone.tsx';
import { become, loadChannels, startPhone, talkTo } from './phone-state.ts';
import { VisitorList } from './visitor-list.tsx';

type View = 'phone' | 'inspector' | 'setup';
const VIEWS: { view: View; icon: IconName; word: Word }[] = [
  { view: 'phone', icon: 'phone', word: 'nav.phone' },
  { view: 'inspector', icon: 'list', word: 'views.way' },
  { view: 'setup', icon: 'bot', word: 'views.agent' },
];

/** The first page: the visitor's phone, the way of its messages beside it, and who answers. `id`: a message. */
export function PhonePage({ id }: Record<string, string>) {
  const view = useSignal<View>('phone');
  useEffect(startPhone, []);
  // A channel may be changed from anywhere, and nothing tells of it.
  useLookAgain(() => void loadChannels());
  useMessage(id ?? null);
  return (
    <div class={`phone-page show-${view.value}`}>
      <h1 class="unseen">{say('nav.phone')}</h1>
      <div class="setup">
        <ChannelChoice />
        <WindowClock />
        <TimeCard />
        <AgentBox />
        <VisitorList />
      </div>
      <Phone />
      <Lab />
      <fieldset class="views">
        <legend class="unseen">{say('views.label')}</legend>
        {VIEWS.map((one) => (
          <button
            key={one.view}
            type="button"
            aria-pressed={view.value === one.view}
            onClick={() => {
              view.value = one.view;
            }}
          >
            <Icon name={one.icon} />
            {say(one.word)}
          </button>
        ))}
      </fieldset>
    </div>
  );
}

/** Shows the way of a message, and the phone it is on once that is known; null: the address names none. */
function useMessage(id: string | null): void {
  const isOnPhone = useSignal(true);
  useLayoutEffect(() => {
    void choose(id); // first: the way that was there is another message's
    isOnPhone.value = id === null;
  }, [id]);
  useSignalEffect(() => {
    // From then on the person may turn to another phone.
    if (isOnPhone.value || !trail.value) return;
    isOnPhone.value = true;
    const { person, channel_id } = trail.value;
    if (person) become({ person, name: 'Anna' }, channel_id);
    else if (channel_id) talkTo(channel_id); // an endpoint was asked
  });
}
