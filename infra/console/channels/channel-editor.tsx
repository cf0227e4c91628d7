import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { ChannelAnswer, ChannelView } from '../../../shared/contract/channel-answer.ts';
import { admin, type ChannelAction } from '../api/admin.ts';
import type { Problem } from '../api/call.ts';
import { ConflictPanel } from '../fields/conflict-panel.tsx';
import { FaultSummary } from '../fields/fault-summary.tsx';
import {
  type FormState,
  formState,
  meetChange,
  showFaults,
  startFrom,
} from '../fields/form-state.ts';
import { SaveBar } from '../fields/save-bar.tsx';
import { objectOf, valuesIn } from '../fields/values.ts';
import { useAsking } from '../shell/asking.ts';
import { ProblemNote } from '../shell/problem-note.tsx';
import { say } from '../words/translate.ts';
import { CHANNEL_FIELDS } from './channel-fields.ts';
import { ChannelForm } from './channel-form.tsx';
import { ChannelHead } from './channel-head.tsx';
import { DeleteCard } from './delete-card.tsx';
import { Findings } from './findings.tsx';
import { hear } from './fresh-news.ts';
import { SecretsCard } from './secrets-card.tsx';
import { ShownOnce } from './shown-once.tsx';
import { StateCard } from './state-card.tsx';
import { Warnings } from './warnings.tsx';

const formOf = (channel: ChannelView) => ({
  version: channel.version,
  values: valuesIn(channel, CHANNEL_FIELDS),
});

/** A channel with its form on one side, and on the other what is done with it at once. */
export function ChannelEditor({ first }: { first: ChannelView }) {
  const { id } = first;
  const channel = useSignal(first);
  const kept = useRef<FormState | null>(null);
  kept.current ??= formState(id, CHANNEL_FIELDS, formOf(first));
  const form = kept.current;
  const checked = useSignal<Pick<ChannelAnswer, 'findings' | 'asked'>>({});
  const { busy, problem, ask } = useAsking();

  /** What the endpoint says the channel is now. Without edits the form shows that. */
  const take = (answer: ChannelAnswer) => {
    channel.value = answer.channel;
    hear(answer);
    checked.value = answer;
    if (form.changes.peek() > 0) {
      const { version, values } = formOf(answer.channel);
      meetChange(form, version, values);
    } else {
      const { version, values } = formOf(answer.channel);
      startFrom(form, version, values);
    }
  };
  const save = async (active?: true): Promise<void> => {
    const sent = form.values.value;
    const change = { ...objectOf(form.edits.value), ...(active && { active }) };
    const ifMatch = `"${form.version.value}"`;
    let refused = null as Problem | null;
    await ask(
      'save',
      async () => {
        const { body } = await admin.editChannel(id, change, ifMatch);
        startFrom(form, body.channel.version, formOf(body.channel).values, sent);
        take(body);
      },
      (said) => {
        refused = said;
        if (said.errors) showFaults(form, said);
        return said.errors !== undefined || said.code === 'version-conflict';
      },
    );
    if (refused?.code === 'version-conflict') await meetOthers(active);
  };
  /** Reads what another editor has saved. When that touched nothing of the form, it is saved upon it. */
  const meetOthers = async (active?: true): Promise<void> => {
    let isFree = false;
    await ask('save', async () => {
      const { body } = await admin.showChannel(id);
      channel.value = body.channel;
      const { version, values } = formOf(body.channel);
      isFree = meetChange(form, version, values);
    });
    if (isFree) await save(active);
  };
  const act = (action: ChannelAction, now = false) =>
    ask(action, async () => take((await admin.actOn(id, action, { now })).body));
  const askPing = () => ask('check', async () => take((await admin.checkWith(id, 'ping')).body));
  const remove = () =>
    ask('delete', async (go) => {
      await admin.deleteChannel(id, `"${channel.value.version}"`);
      startFrom(form, null, form.base.value);
      go('/channels', { replace: true });
    });

  const hasEdits = form.changes.value > 0;
  return (
    <div class="page">
      <ChannelHead channel={channel.value} />
      <Warnings channelId={id} />
      <ShownOnce channelId={id} />
      {problem.value && <ProblemNote problem={problem.value} />}
      <div class="with-aside">
        <aside class="aside">
          <StateCard
            channel={channel.value}
            busy={busy.value}
            hasEdits={hasEdits}
            onAct={(action) => act(action)}
          />
          {checked.value.findings && (
            <Findings
              findings={checked.value.findings}
              asked={checked.value.asked}
              isBusy={busy.value !== null}
              onAsk={askPing}
            />
          )}
          <SecretsCard channel={channel.value} isBusy={busy.value !== null} onRotate={act} />
          <DeleteCard channel={channel.value} isBusy={busy.value !== null} onDelete={remove} />
        </aside>
        <form
          class="form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <ConflictPanel form={form} />
          <FaultSummary form={form} />
          <ChannelForm form={form} />
          <SaveBar
            form={form}
            isSaving={busy.value === 'save'}
            onDiscard={() => startFrom(form, channel.value.version, formOf(channel.value).values)}
          >
            {!channel.value.active && (
              <button
                type="button"
                class="button"
                disabled={busy.value !== null || form.isBlocked.value}
                onClick={() => save(true)}
              >
                {say('form.save-active')}
              </button>
            )}
          </SaveBar>
        </form>
      </div>
    </div>
  );
}
