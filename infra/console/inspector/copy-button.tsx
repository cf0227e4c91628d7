import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Icon } from '../shell/icon.tsx';
import { say } from '../words/translate.ts';

const SHOWN_MS = 1_500;

/** Copies a text, and says for a moment that it did. */
export function CopyButton({
  text,
  children,
  name,
}: {
  text: () => string;
  children: ComponentChildren;
  /** For those who hear the page, where what is shown does not say it. */
  name?: string;
}) {
  const isDone = useSignal(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text());
    isDone.value = true;
    setTimeout(() => {
      isDone.value = false;
    }, SHOWN_MS);
  };
  return (
    <button type="button" class="copy" aria-label={name} onClick={() => void copy()}>
      <Icon name={isDone.value ? 'check' : 'copy'} size={14} />
      <span>{isDone.value ? say('copy.done') : children}</span>
    </button>
  );
}
