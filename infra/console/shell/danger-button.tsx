import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Question } from './question.tsx';

interface DangerButtonProps {
  /** What the button says, and again the one that goes on. */
  action: string;
  /** The question. */
  title: string;
  isDisabled: boolean;
  onGo: () => void;
  /** What stands below the question. */
  children: ComponentChildren;
}

/** A button for what cannot be undone: it asks first. */
export function DangerButton({ action, title, isDisabled, onGo, children }: DangerButtonProps) {
  const isAsked = useSignal(false);
  return (
    <>
      <button
        type="button"
        class="button danger"
        disabled={isDisabled}
        onClick={() => {
          isAsked.value = true;
        }}
      >
        {action}
      </button>
      {isAsked.value && (
        <Question
          title={title}
          action={action}
          isDangerous
          onGo={onGo}
          onClose={() => {
            isAsked.value = false;
          }}
        >
          {children}
        </Question>
      )}
    </>
  );
}
