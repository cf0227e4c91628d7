import { signal, useSignal } from '@preact/signals';
import { AGENT_KINDS, type AgentKind } from '../../../shared/contract/agent-kind.ts';
import type { ChannelView, Warning } from '../../../shared/contract/channel-answer.ts';
import { isFields } from '../../../shared/kernel/is-fields.ts';
import { readJson } from '../../../shared/kernel/read-json.ts';
import type { AgentState } from '../../local/inspector/trail.ts';
import { admin } from '../api/admin.ts';
import { Refused } from '../api/call.ts';
import { agents, channel, hearChannel } from '../phone/phone-state.ts';
import { duration } from '../words/times.ts';
import { isWord, say, type Word, wordsOf } from '../words/translate.ts';
import { AgentSnippet } from './agent-snippet.tsx';
import { KIND_EXAMPLES } from './kind-examples.ts';

const DEMO = `${location.origin}/sandbox/agent`;

/** The secret of the agent that was connected to a channel, by its id: no page shows it again. */
const fresh = signal<Record<string, string | undefined>>({});

/** Who answers the visitors of the channel: the demo agent, or the one of the person at the page. */
export const AgentBox = () =>
  channel.value && <AgentOf key={channel.value.id} shown={channel.value} />;

/** What was typed, refused or warned of belongs to one channel. */
function AgentOf({ shown }: { shown: ChannelView }) {
  const isOpen = useSignal(false);
  const fault = useSignal('');
  const warning = useSignal<Warning | null>(null);
  const busy = useSignal(false);
  const picked = useSignal<AgentKind>('http');
  const { kind, url } = shown.agent;
  const isDemo = url === DEMO;
  const secret = fresh.value[shown.id];
  // That it was silent when it was connected is past once it was asked for real.
  const told = warning.value?.code === 'agent-silent' && lastAnswer(shown) ? null : warning.value;

  const change = async (
    agent: Record<string, unknown>,
    { withSecret }: { withSecret: boolean },
  ) => {
    busy.value = true;
    fault.value = '';
    warning.value = null;
    try {
      const { body } = await admin.editChannel(shown.id, { agent });
      hearChannel(body.channel);
      warning.value = body.warnings[0] ?? null;
      let given: string | undefined;
      if (withSecret) {
        const rotated = await admin.actOn(shown.id, 'rotate-agent-secret', { now: true });
        hearChannel(rotated.body.channel);
        given = rotated.body.agent_secret;
      }
      fresh.value = { ...fresh.value, [shown.id]: given };
      isOpen.value = withSecret;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { detail, errors = [] } = error.problem;
      fault.value = [detail, ...errors.map((one) => `${one.path} ${one.detail}`)].join(' ');
    } finally {
      busy.value = false;
    }
  };

  return (
    <section class="card agent" aria-labelledby="agent-title">
      <header>
        <h2 id="agent-title">{say('agent.title')}</h2>
        <AgentLight state={lastAnswer(shown)} isSilent={told?.code === 'agent-silent'} />
      </header>
      <p class="address">
        {isDemo ? (
          say('agent.demo')
        ) : (
          <code>{kind === 'http' ? url : [kind, url].filter(Boolean).join(' · ')}</code>
        )}
      </p>
      <LastError state={lastAnswer(shown)} />
      {told && (
        <p class="warned" role="status">
          {warningWords(told)}
        </p>
      )}
      {isOpen.value && (
        <form
          class="fields"
          onSubmit={(event) => {
            event.preventDefault();
            const agent = agentIn(new FormData(event.currentTarget));
            if (agent === null) fault.value = 'agent.settings.fault' satisfies Word;
            else void change(agent, { withSecret: agent.kind === 'http' });
          }}
        >
          <label>
            {say('agent.kind')}
            <select
              class="input"
              name="kind"
              value={picked.value}
              onChange={({ currentTarget }) => {
                picked.value = AGENT_KINDS.find((one) => one === currentTarget.value) ?? 'http';
              }}
            >
              {AGENT_KINDS.map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </select>
          </label>
          <label>
            {say('agent.url')}
            <input
              class="input"
              name="url"
              type="url"
              required={picked.value !== 'bedrock-agentcore'}
              placeholder="http://127.0.0.1:8000"
              defaultValue={isDemo || url === null ? 'http://127.0.0.1:8000' : url}
            />
          </label>
          {picked.value !== 'http' && (
            <label>
              {say('agent.settings')}
              <textarea
                class="input"
                name="settings"
                rows={4}
                placeholder={KIND_EXAMPLES[picked.value]}
              />
            </label>
          )}
          {fault.value && (
            <p class="fault" role="alert">
              {wordsOf(fault.value)}
            </p>
          )}
          <button type="submit" class="button primary" disabled={busy.value}>
            {say('agent.connect')}
          </button>
        </form>
      )}
      {secret && <AgentSnippet secret={secret} url={url} />}
      <div class="row">
        {!isOpen.value && (
          <button
            type="button"
            class="button small"
            onClick={() => {
              isOpen.value = true;
            }}
          >
            {say(isDemo ? 'agent.own' : 'agent.change')}
          </button>
        )}
        {!isDemo && (
          <button
            type="button"
            class="button small"
            disabled={busy.value}
            onClick={() => void change({ kind: 'http', url: DEMO }, { withSecret: false })}
          >
            {say('agent.back')}
          </button>
        )}
      </div>
    </section>
  );
}

/** What the form says; null: the settings are no JSON object. */
function agentIn(form: FormData): Record<string, unknown> | null {
  const settings = readJson(String(form.get('settings') ?? '').trim() || '{}');
  if (!isFields(settings)) return null;
  const url = String(form.get('url') ?? '').trim();
  return { ...settings, kind: form.get('kind'), url: url || null };
}

/** A warning stays English, with a sentence in the language of the page below it. */
function warningWords({ code, title, detail }: Warning): string {
  const word = `warning.${code}`;
  return [title, isWord(word) ? say(word) : '', detail].filter(Boolean).join('. ');
}

/** How the agent answered last, since the channel was changed; null: it was not asked since. */
function lastAnswer({ id, updated_at }: ChannelView): AgentState | null {
  const state = agents.value[id];
  return state && state.at >= Date.parse(updated_at) ? state : null;
}

/** Green when the agent answered last, red when it did not, grey before it was asked. */
function AgentLight({ state, isSilent }: { state: AgentState | null; isSilent: boolean }) {
  if (isSilent) return <span class="chip bad">{say('agent.fails')}</span>;
  if (!state) return <span class="chip">{say('agent.unasked')}</span>;
  return state.ok ? (
    <span class="chip good">{say('agent.answers', { span: duration(state.took_ms) })}</span>
  ) : (
    <span class="chip bad">
      {say(state.result === 'refused' ? 'agent.unusable' : 'agent.fails')}
    </span>
  );
}

function LastError({ state }: { state: AgentState | null }) {
  if (!state || state.ok) return null;
  const word = `agent.result.${state.result}`;
  return (
    <p class="fault" role="status">
      <strong>{isWord(word) ? say(word) : state.result}</strong>
      {state.reason && <span> {state.reason}</span>}
    </p>
  );
}
