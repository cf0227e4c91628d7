import type { ComponentChildren } from 'preact';
import { say } from '../words/translate.ts';
import type { FormState } from './form-state.ts';

interface SaveBarProps {
  form: FormState;
  isSaving: boolean;
  onDiscard: () => void;
  /** Nothing is saved yet, so the bar is there from the beginning. */
  isNew?: boolean;
  /** Buttons beside Save. */
  children?: ComponentChildren;
}

/** Stays at the lower edge: what is not saved, and the button that saves it. */
export function SaveBar({ form, isSaving, onDiscard, isNew = false, children }: SaveBarProps) {
  const n = form.changes.value;
  const isBlocked = isSaving || n === 0 || form.isBlocked.value;
  const isThere = isNew || n > 0 || isSaving;
  return (
    <div class={isThere ? 'save-bar' : 'unseen'}>
      <div class="save-says">
        <strong role="status">
          {n > 0 && say('form.changes', { n })}
          {n === 0 && !isNew && say('form.no-changes')}
        </strong>
        <span>{say('form.draft')}</span>
      </div>
      <div class="buttons">
        {n > 0 && (
          <button type="button" class="button" disabled={isSaving} onClick={onDiscard}>
            {say('form.discard')}
          </button>
        )}
        {n > 0 && children}
        <button type="submit" class="button primary" disabled={isBlocked}>
          {say(isSaving ? 'form.saving' : 'form.save')}
        </button>
      </div>
    </div>
  );
}
