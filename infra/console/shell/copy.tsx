import { useSignal } from '@preact/signals';
import { say } from '../words/translate.ts';
import { Icon } from './icon.tsx';

/** Copies a text; `what` names it for those who hear the page. */
export function Copy({ text, what }: { text: string; what: string }) {
  const isDone = useSignal(false);
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={isDone.value ? say('action.copied') : say('action.copy-what', { what })}
      title={say('action.copy')}
      onClick={async () => {
        await navigator.clipboard.writeText(text);
        isDone.value = true;
      }}
      onBlur={() => {
        isDone.value = false;
      }}
    >
      <Icon name={isDone.value ? 'check' : 'copy'} size={18} />
    </button>
  );
}
