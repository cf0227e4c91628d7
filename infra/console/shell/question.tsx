import type { ComponentChildren } from 'preact';
import { say } from '../words/translate.ts';
import { Dialog } from './dialog.tsx';

interface QuestionProps {
  title: string;
  /** What the button that goes on says. */
  action: string;
  isDangerous?: boolean;
  onGo: () => void;
  onClose: () => void;
  children: ComponentChildren;
}

/** A question before something is done. Escape means no. */
export function Question(props: QuestionProps) {
  const { title, action, isDangerous = false, onGo, onClose, children } = props;
  return (
    <Dialog title={title} onClose={onClose}>
      <div class="question">{children}</div>
      <footer>
        <button type="button" class="button" onClick={onClose}>
          {say('action.cancel')}
        </button>
        <button
          type="button"
          class={isDangerous ? 'button danger' : 'button primary'}
          onClick={() => {
            onGo();
            onClose();
          }}
        >
          {action}
        </button>
      </footer>
    </Dialog>
  );
}
