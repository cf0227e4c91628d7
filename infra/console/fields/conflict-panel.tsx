import { useEffect, useRef } from 'preact/hooks';
import { say } from '../words/translate.ts';
import type { Field } from './field-tree.ts';
import { choiceLabel, labelOf } from './field-words.ts';
import { type FormState, settleChange } from './form-state.ts';
import { withoutSecretParts } from './values.ts';

/** What another editor has saved meanwhile, field by field, and whose values are to stay. */
export function ConflictPanel({ form }: { form: FormState }) {
  const place = useRef<HTMLElement>(null);
  const conflict = form.conflict.value;
  const isThere = conflict !== null;
  useEffect(() => {
    if (isThere) place.current?.focus();
  }, [isThere]);
  if (!conflict) return null;
  return (
    <section
      class="card conflict"
      role="alert"
      tabIndex={-1}
      ref={place}
      aria-label={say('conflict.title')}
    >
      <h2>{say('conflict.title')}</h2>
      <p>{say('conflict.text', { version: conflict.version })}</p>
      <div class="stacks">
        <table>
          <thead>
            <tr>
              <th scope="col">{say('conflict.field')}</th>
              <th scope="col">{say('conflict.before')}</th>
              <th scope="col">{say('conflict.theirs')}</th>
              <th scope="col">{say('conflict.mine')}</th>
            </tr>
          </thead>
          <tbody>
            {conflict.changed.map((field) => (
              <tr key={field.path}>
                <th scope="row">{labelOf(field)}</th>
                <td>{shown(field, form.base.value[field.path])}</td>
                <td>{shown(field, conflict.theirs[field.path])}</td>
                <td>
                  {field.path in form.edits.value ? (
                    shown(field, form.edits.value[field.path])
                  ) : (
                    <span class="quiet">{say('conflict.untouched')}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div class="buttons">
        <button type="button" class="button" onClick={() => settleChange(form, false)}>
          {say('conflict.take-theirs')}
        </button>
        <button type="button" class="button primary" onClick={() => settleChange(form, true)}>
          {say('conflict.keep-mine')}
        </button>
      </div>
    </section>
  );
}

function shown(field: Field, value: unknown): string {
  if (value === null || value === undefined || value === '') return say('value.empty');
  if (field.kind === 'secret')
    return String(value).startsWith('…') ? String(value) : say('value.secret');
  if (field.kind === 'secrets') return Object.keys(value).join(', ') || say('value.empty');
  if (field.kind === 'choice') return choiceLabel(field, String(value));
  return typeof value === 'string' ? value : JSON.stringify(withoutSecretParts(value, field));
}
