import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { say } from '../words/translate.ts';
import { Icon } from './icon.tsx';

/**
 * A dialog above the page: the browser keeps the keyboard in it, Escape closes it, and when it closes
 * the keyboard is back where it was.
 */
export function Dialog({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}) {
  const place = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = place.current;
    dialog?.showModal();
    return () => dialog?.close(); // one that is only removed would leave the keyboard nowhere
  }, []);
  return (
    <dialog ref={place} class="dialog" aria-label={title} onClose={onClose}>
      <header>
        <h2>{title}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label={say('dialog.close')}
          onClick={() => place.current?.close()}
        >
          <Icon name="close" />
        </button>
      </header>
      {children}
    </dialog>
  );
}
