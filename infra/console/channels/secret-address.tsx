import { useSignal } from '@preact/signals';
import { CopyButton } from '../shell/copy-button.tsx';
import { say } from '../words/translate.ts';

/** An address that is a secret: covered until it is asked for. */
export function SecretAddress({ name, note, url }: { name: string; note: string; url: string }) {
  const isShown = useSignal(false);
  const cut = url.slice(0, url.indexOf('/', url.indexOf('//') + 2) + 1);
  return (
    <div>
      <p class="field-name">{name}</p>
      <div class="copied">
        <code>{isShown.value ? url : `${cut}…`}</code>
        <button
          type="button"
          class="button small"
          aria-pressed={isShown.value}
          aria-label={say('action.show-what', { what: name })}
          onClick={() => {
            isShown.value = !isShown.value;
          }}
        >
          ···
        </button>
        <CopyButton text={() => url} name={say('action.copy-what', { what: name })} />
      </div>
      <p class="note">{note}</p>
    </div>
  );
}
