import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../shell/icon.tsx';
import { say, wordsOf } from '../words/translate.ts';
import type { Field } from './field-tree.ts';
import { labelOf } from './field-words.ts';
import type { FormState } from './form-state.ts';

/** Above the form: how many fields are wrong, with a way to each, and what belongs to no field. */
export function FaultSummary({ form }: { form: FormState }) {
  const place = useRef<HTMLDivElement>(null);
  const faults = form.faults.value;
  const isThere = faults.length > 0;
  useEffect(() => {
    if (isThere) place.current?.focus();
  }, [isThere]);
  if (!isThere) return null;
  const fields = [...new Set(faults.flatMap(({ path }) => fieldAt(form.fields, path) ?? []))];
  const others = faults.filter(({ path }) => !fieldAt(form.fields, path));
  return (
    <div class="banner bad" role="alert" tabIndex={-1} ref={place}>
      <Icon name="warning" />
      <div>
        {fields.length > 0 && <p>{say('form.faults', { n: fields.length })}</p>}
        {fields.length > 0 && (
          <ul class="inline">
            {fields.map((field) => (
              <li key={field.path}>
                <a
                  href={`#field-${field.path}`}
                  onClick={(event) => {
                    event.preventDefault();
                    focusOn(`field-${field.path}`);
                  }}
                >
                  {labelOf(field)}
                </a>
              </li>
            ))}
          </ul>
        )}
        {others.map(({ path, detail }) => (
          <p key={path + detail} lang="en">
            {path && <code>{path}</code>} {wordsOf(detail)}
          </p>
        ))}
      </div>
    </div>
  );
}

/** A group of inputs has no focus of its own: its first input gets it. */
function focusOn(id: string): void {
  const place = document.getElementById(id);
  const input = place?.matches('input, select, textarea')
    ? place
    : place?.querySelector<HTMLElement>('input');
  input?.focus();
}

const fieldAt = (fields: Field[], path: string): Field | undefined =>
  fields.find((field) => path === field.path || path.startsWith(`${field.path}.`));
