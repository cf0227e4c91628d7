import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { say } from '../words/translate.ts';

interface Asked {
  title: string;
  /** What the button that goes on says. */
  action: string;
  isDangerous?: boolean;
  onGo: () => void;
  onClose: () => void;
  children: ComponentChildren;
}

/** A question before something is done. Escape means no; the browser keeps the keyboard inside. */
export function Modal({ title, action, isDangerous = false, onGo, onClose, children }: Asked) {
  const place = useRef<HTMLDialogElement>(null);
  useEffect(() => place.current?.showModal(), []);
  return (
    <dialog ref={place} class="modal" aria-label={title} onClose={onClose}>
      <h2>{title}</h2>
      {children}
      <div class="buttons">
        <button type="button" class="button" onClick={() => place.current?.close()}>
          {say('action.cancel')}
        </button>
        <button
          type="button"
          class={isDangerous ? 'button danger' : 'button primary'}
          onClick={() => {
            place.current?.close();
            onGo();
          }}
        >
          {action}
        </button>
      </div>
    </dialog>
  );
}
