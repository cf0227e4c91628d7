import { useRef } from 'preact/hooks';
import { admin } from '../api/admin.ts';
import { FaultSummary } from '../fields/fault-summary.tsx';
import { type FormState, formState, showFaults, startFrom } from '../fields/form-state.ts';
import { SaveBar } from '../fields/save-bar.tsx';
import { objectOf, type Values } from '../fields/values.ts';
import { useAsking } from '../shell/asking.ts';
import { ProblemNote } from '../shell/problem-note.tsx';
import { say } from '../words/translate.ts';
import { CHANNEL_FIELDS } from './channel-fields.ts';
import { ChannelForm } from './channel-form.tsx';
import { BackToChannels } from './channel-head.tsx';
import { hear } from './fresh-news.ts';

/** Every field with what holds while nothing is said. */
const USUAL: Values = Object.fromEntries(CHANNEL_FIELDS.map(({ path, usual }) => [path, usual]));

/** A form for a channel that is not there yet: it is created when it is saved. */
export function NewChannelPage() {
  const kept = useRef<FormState | null>(null);
  kept.current ??= formState('new', CHANNEL_FIELDS, { version: null, values: USUAL });
  const form = kept.current;
  const { busy, problem, ask } = useAsking();
  const save = (active: boolean) =>
    ask(
      'save',
      async (go) => {
        const { body } = await admin.createChannel({ ...objectOf(form.edits.value), active });
        startFrom(form, null, USUAL);
        hear(body);
        go(`/channels/${body.channel.id}`, { replace: true });
      },
      (refused) => {
        if (!refused.errors) return false;
        showFaults(form, refused);
        return true;
      },
    );
  return (
    <form
      class="page narrow"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save(false);
      }}
    >
      <BackToChannels />
      <h1>{say('channels.new')}</h1>
      {problem.value && <ProblemNote problem={problem.value} />}
      <FaultSummary form={form} />
      <ChannelForm form={form} />
      <SaveBar
        form={form}
        isNew
        isSaving={busy.value === 'save'}
        onDiscard={() => startFrom(form, null, USUAL)}
      >
        <button
          type="button"
          class="button"
          disabled={busy.value !== null || form.isBlocked.value}
          onClick={() => save(true)}
        >
          {say('form.save-active')}
        </button>
      </SaveBar>
    </form>
  );
}
