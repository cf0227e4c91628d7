import type { ComponentChildren } from 'preact';
import { say, wordsOf } from '../words/translate.ts';
import type { Field, FieldKind } from './field-tree.ts';
import { labelOf, noteOf } from './field-words.ts';
import type { FormState } from './form-state.ts';
import type { Named } from './input-props.ts';

/** They want the whole line. */
const WIDE: FieldKind[] = ['text', 'long-text', 'secret', 'secrets', 'several', 'object', 'json'];

interface Framed {
  form: FormState;
  field: Field;
  children: (named: Named) => ComponentChildren;
  /** Several inputs are a group with a legend instead of one with a label. */
  isGroup?: boolean;
}

/** The name of a field, its input, its sentence, and beside it what the endpoint has refused. */
export function FieldFrame({ form, field, children, isGroup = false }: Framed) {
  const id = `field-${field.path}`;
  const faults = form.faults.value.filter(
    ({ path }) =>
      path === field.path || (field.parts.length === 0 && path.startsWith(`${field.path}.`)),
  );
  const isEdited = field.path in form.edits.value;
  const named = {
    id,
    'aria-describedby': `${id}-note ${id}-fault`,
    'aria-invalid': faults.length > 0,
  };
  const name = (
    <>
      {labelOf(field)}
      {field.required && <span class="required"> {say('form.required')}</span>}
      {isEdited && <span class="edited">{say('form.edited')}</span>}
    </>
  );
  const body = (
    <>
      {children(named)}
      <p class="note" id={`${id}-note`}>
        <Sentence text={noteOf(field)} />
      </p>
      <div id={`${id}-fault`} class="fault">
        {faults.map(({ path, detail }) => (
          <p key={path + detail} lang="en">
            {path === field.path ? '' : `${path.slice(field.path.length + 1)}: `}
            {wordsOf(detail)}
          </p>
        ))}
      </div>
    </>
  );
  const edited = `field ${isEdited ? 'is-edited' : ''} ${WIDE.includes(field.kind) ? 'is-wide' : ''}`;
  return isGroup ? (
    <fieldset class={edited} aria-describedby={named['aria-describedby']}>
      <legend class="field-name">{name}</legend>
      {body}
    </fieldset>
  ) : (
    <div class={edited}>
      <label class="field-name" for={id}>
        {name}
      </label>
      {body}
    </div>
  );
}

/** A sentence with `code` between back ticks. */
const Sentence = ({ text }: { text: string }) => (
  <>
    {text
      .split('`')
      .map((part, at) => (at % 2 === 1 ? <code key={`${at}${part}`}>{part}</code> : part))}
  </>
);
