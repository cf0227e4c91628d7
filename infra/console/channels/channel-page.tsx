import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ChannelView } from '../../../shared/contract/channel-answer.ts';
import { admin } from '../api/admin.ts';
import { useAsking } from '../shell/asking.ts';
import { ProblemNote } from '../shell/problem-note.tsx';
import { say } from '../words/translate.ts';
import { ChannelEditor } from './channel-editor.tsx';
import { BackToChannels } from './channel-head.tsx';

/** One channel: read anew each time its address is opened. */
export function ChannelPage({ id }: Record<string, string>) {
  const channel = useSignal<ChannelView | null>(null);
  const { problem, ask } = useAsking();
  useEffect(() => {
    void ask('show', async () => {
      channel.value = (await admin.showChannel(id ?? '')).body.channel;
    });
  }, [id]);
  const first = channel.value;
  if (first && first.id === id) return <ChannelEditor key={id} first={first} />;
  return (
    <section class="page">
      <BackToChannels />
      {problem.value ? (
        <ProblemNote problem={problem.value} />
      ) : (
        <p class="quiet">{say('page.loading')}</p>
      )}
    </section>
  );
}
