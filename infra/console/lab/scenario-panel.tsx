import { signal } from '@preact/signals';
import type { Replayed } from '../../local/scenarios/replayed.ts';
import type { Seen } from '../../local/scenarios/scenario.ts';
import { Refused } from '../api/call.ts';
import { sandbox } from '../api/sandbox.ts';
import { become, channelId, chat, token, visitor } from '../phone/phone-state.ts';
import { goTo } from '../shell/router.ts';
import { isWord, say } from '../words/translate.ts';

/** They stay while another tab or page is looked at: a replay goes on meanwhile. */
const title = signal('');
const isBusy = signal(false);
const result = signal<{ name: string; channelId: string | null; replayed: Replayed } | null>(null);
const refusal = signal('');

async function replay(file: File): Promise<void> {
  const inChannel = channelId.value;
  isBusy.value = true;
  result.value = null;
  refusal.value = '';
  try {
    const replayed = await sandbox.replayScenario(await file.text(), token.value ?? '');
    result.value = { name: file.name, channelId: inChannel, replayed };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    refusal.value = error.problem.detail;
  } finally {
    isBusy.value = false;
  }
}

/** Keeps what the visitor did as a file, and does what a file says. */
export function ScenarioPanel() {
  const isEmpty = !chat.value?.messages.length;
  return (
    <section class="scenario-panel card" aria-labelledby="scenario-title">
      <h2 id="scenario-title">{say('scenario.title')}</h2>
      <p class="hint">{say('scenario.hint')}</p>
      <label class="field-name">
        {say('scenario.name')}
        <input
          class="input"
          maxLength={200}
          value={title.value}
          onInput={({ currentTarget }) => {
            title.value = currentTarget.value;
          }}
        />
      </label>
      <p class="save">
        {isEmpty || token.value === null ? (
          <button type="button" class="button primary" disabled>
            {say('scenario.save')}
          </button>
        ) : (
          <a
            class="button primary"
            download
            href={sandbox.scenarioPath(visitor.value.person, token.value, title.value)}
          >
            {say('scenario.save')}
          </a>
        )}
      </p>
      <h3>{say('scenario.replay')}</h3>
      <p class="hint">{say('scenario.replay.hint')}</p>
      <label class={`button ${isBusy.value ? 'busy' : ''}`}>
        {say(isBusy.value ? 'scenario.replaying' : 'scenario.choose')}
        <input
          class="unseen"
          type="file"
          accept=".json,application/json"
          disabled={isBusy.value || token.value === null}
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            currentTarget.value = ''; // so that the same file can be chosen again
            if (file) void replay(file);
          }}
        />
      </label>
      {refusal.value && (
        <p class="fault" role="alert">
          {refusal.value}
        </p>
      )}
      <div role="status">{result.value && <Result {...result.value} />}</div>
    </section>
  );
}

function Result({ name, channelId: ofChannel, replayed }: NonNullable<typeof result.value>) {
  const { person, same, differences, seen } = replayed;
  return (
    <div class="result">
      <p>
        <span class={`chip ${same ? 'good' : 'bad'}`}>
          {same
            ? say('scenario.same', { n: seen.length })
            : say('scenario.different', { n: differences.length })}
        </span>{' '}
        {name}
      </p>
      {!same && (
        <table>
          <thead>
            <tr>
              <th scope="col">{say('scenario.wanted')}</th>
              <th scope="col">{say('scenario.came')}</th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ at, wanted, came }) => (
              <tr key={at}>
                <td>{wordsOf(wanted)}</td>
                <td>{wordsOf(came)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <button
        type="button"
        class="button small"
        onClick={() => {
          become({ person, name: visitor.value.name }, ofChannel);
          goTo('/');
        }}
      >
        {say('scenario.phone')}
      </button>
    </div>
  );
}

/** A reply with what became of it, or what the phone shows instead of one. */
function wordsOf(seen: Seen | null): string {
  if (!seen) return say('scenario.nothing');
  const { reply, became = '', note, code } = seen;
  const word = note === undefined ? `status.${became}` : `note.${note}`;
  const state = isWord(word) ? say(word) : (note ?? became);
  return note === undefined ? `${reply} · ${state}` : [state, code].filter(Boolean).join(' · ');
}
