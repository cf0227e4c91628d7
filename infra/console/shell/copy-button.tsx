import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { say } from '../words/translate.ts';
import { Icon } from './icon.tsx';

const SHOWN_MS = 1_500;

interface CopyButtonProps {
  text: () => string;
  /** For those who hear the page, where what is shown does not say it. */
  name?: string;
  /** Beside the icon; without it the button is the icon alone. */
  children?: ComponentChildren;
}

/** Copies a text, and says for a moment that it did. */
export function CopyButton({ text, name, children }: CopyButtonProps) {
  const isDone = useSignal(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text());
    isDone.value = true;
    setTimeout(() => {
      isDone.value = false;
    }, SHOWN_MS);
  };
  return (
    <button
      type="button"
      class={children ? 'copy' : 'icon-button'}
      aria-label={isDone.value ? say('action.copied') : name}
      title={children ? undefined : say('action.copy')}
      onClick={() => void copy()}
    >
      <Icon name={isDone.value ? 'check' : 'copy'} size={children ? 14 : 18} />
      {children && <span>{isDone.value ? say('action.copied') : children}</span>}
    </button>
  );
}
