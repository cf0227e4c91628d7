import { admin } from '../api/admin.ts';
import { ProblemNote } from '../shell/problem-note.tsx';
import { useReading } from '../shell/reading.ts';
import { say } from '../words/translate.ts';
import { ChannelEditor } from './channel-editor.tsx';
import { BackToChannels } from './channel-head.tsx';

/** One channel: read anew each time its address is opened. */
export function ChannelPage({ id = '' }: Record<string, string>) {
  const { found, problem } = useReading(async () => (await admin.showChannel(id)).body.channel);
  if (found.value) return <ChannelEditor first={found.value} />;
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
