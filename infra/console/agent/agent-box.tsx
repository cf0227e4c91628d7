import { useSignal } from '@preact/signals';
import type { Warning } from '../../../shared/contract/channel-answer.ts';
import { admin } from '../api/admin.ts';
import { Refused } from '../api/call.ts';
import { agents, channel, channelId, loadChannels } from '../phone/phone-state.ts';
import { duration } from '../words/times.ts';
import { isWord, say } from '../words/translate.ts';
import { AgentSnippet } from './agent-snippet.tsx';

const DEMO = `${location.origin}/sandbox/agent`;

/** Who answers the visitors of the channel: the demo agent, or the one of the person at the page. */
export function AgentBox() {
  const isOpen = useSignal(false);
  const secret = useSignal<{ channelId: string; secret: string } | null>(null);
  const fault = useSignal('');
  const warning = useSignal('');
  const busy = useSignal(false);
  const shown = channel.value;
  if (!shown) return null;
  const { kind, url } = shown.agent;
  const isDemo = url === DEMO;

  const change = async (address: string, { withSecret }: { withSecret: boolean }) => {
    busy.value = true;
    fault.value = '';
    warning.value = '';
    try {
      const { body } = await admin.editChannel(shown.id, {
        agent: { kind: 'http', url: address },
      });
      const [first] = body.warnings;
      warning.value = first ? warningWords(first) : '';
      if (withSecret) {
        const rotated = await admin.rotateAgentSecret(shown.id, { now: true });
        secret.value = { channelId: shown.id, secret: rotated.body.agent_secret ?? '' };
      } else secret.value = null;
      isOpen.value = withSecret;
      await loadChannels();
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
        <AgentLight />
      </header>
      <p class="address">
        {isDemo ? (
          say('agent.demo')
        ) : (
          <code>{kind === 'http' ? url : [kind, url].filter(Boolean).join(' · ')}</code>
        )}
      </p>
      <LastError />
      {warning.value && (
        <p class="warned" role="status">
          {warning.value}
        </p>
      )}
      {isOpen.value && (
        <form
          class="fields"
          onSubmit={(event) => {
            event.preventDefault();
            const given = new FormData(event.currentTarget).get('url');
            void change(String(given).trim(), { withSecret: true });
          }}
        >
          <label>
            {say('agent.url')}
            <input
              class="input"
              name="url"
              type="url"
              required
              placeholder="http://127.0.0.1:8000"
              defaultValue={isDemo || url === null ? 'http://127.0.0.1:8000' : url}
            />
          </label>
          {fault.value && (
            <p class="fault" role="alert">
              {fault.value}
            </p>
          )}
          <button type="submit" class="button primary" disabled={busy.value}>
            {say('agent.connect')}
          </button>
        </form>
      )}
      {secret.value?.channelId === channelId.value && <AgentSnippet secret={secret.value.secret} />}
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
            onClick={() => void change(DEMO, { withSecret: false })}
          >
            {say('agent.back')}
          </button>
        )}
      </div>
    </section>
  );
}

/** A warning stays English, with a sentence in the language of the page below it. */
function warningWords({ code, title, detail }: Warning): string {
  const word = `warning.${code}`;
  return [title, isWord(word) ? say(word) : '', detail].filter(Boolean).join('. ');
}

/** How the agent answered last, since the channel was changed; null: it was not asked since. */
function lastAnswer() {
  const state = agents.value[channelId.value ?? ''];
  const since = Date.parse(channel.value?.updated_at ?? '');
  return state && state.at >= since ? state : null;
}

/** Green when the agent answered last, red when it did not, grey before it was asked. */
function AgentLight() {
  const state = lastAnswer();
  if (!state) return <span class="chip">{say('agent.unasked')}</span>;
  return state.ok ? (
    <span class="chip good">{say('agent.answers', { span: duration(state.took_ms) })}</span>
  ) : (
    <span class="chip bad">{say('agent.fails')}</span>
  );
}

function LastError() {
  const state = lastAnswer();
  if (!state || state.ok) return null;
  const word = `agent.result.${state.result}`;
  return (
    <p class="fault" role="status">
      <strong>{isWord(word) ? say(word) : state.result}</strong>
      {state.reason && <span> {state.reason}</span>}
    </p>
  );
}
