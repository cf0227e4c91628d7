import { say } from '../words/translate.ts';
import { FieldFrame } from './field-frame.tsx';
import type { Field } from './field-tree.ts';
import { choiceLabel, labelOf, unitOf } from './field-words.ts';
import { edit, type FormState } from './form-state.ts';
import type { InputProps, Named } from './input-props.ts';
import { JsonInput } from './json-input.tsx';
import { LinesInput } from './lines-input.tsx';
import { ObjectInput } from './object-input.tsx';
import { SecretsInput } from './secrets-input.tsx';
import { SeveralInput } from './several-input.tsx';
import { valueAt } from './values.ts';

/** One field of a form with the input that its kind wants. */
export function FieldInput({ form, field }: { form: FormState; field: Field }) {
  const value = form.values.value[field.path];
  const props = { form, field, value, onValue: (next: unknown) => edit(form, field.path, next) };
  return <AnyInput {...props} />;
}

/** The same for a value that stands inside another one. */
function AnyInput(props: InputProps) {
  const { form, field } = props;
  if (field.kind === 'object') return <ObjectInput {...props} PartInput={AnyInput} />;
  if (field.kind === 'secrets') return <SecretsInput key={form.beginnings.value} {...props} />;
  if (field.kind === 'several') return <SeveralInput {...props} />;
  if (field.kind === 'choice') {
    return (
      <FieldFrame form={form} field={field} isGroup={field.choices.length <= 3}>
        {(named) => <Choice {...props} named={named} />}
      </FieldFrame>
    );
  }
  return (
    <FieldFrame form={form} field={field}>
      {(named) => <PlainInput {...props} named={named} />}
    </FieldFrame>
  );
}

function PlainInput(props: InputProps & { named: Named }) {
  const { field, value, onValue, named } = props;
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const whenEmpty = field.clears ? null : '';
  const typed = (event: { currentTarget: { value: string } }) =>
    onValue(event.currentTarget.value || whenEmpty);
  switch (field.kind) {
    case 'fixed':
      return <input {...named} class="input" value={text || String(field.usual)} readOnly />;
    case 'switch':
      return <Switch {...props} />;
    case 'number':
      return <NumberInput {...props} />;
    case 'json':
      return <JsonInput key={props.form.beginnings.value} {...props} />;
    case 'secret':
      return <SecretInput {...props} />;
    case 'long-text':
      return <textarea {...named} class="input" rows={3} value={text} onInput={typed} />;
    case 'lines':
      return <LinesInput key={props.form.beginnings.value} {...props} />;
    default:
      return (
        <input
          {...named}
          class="input"
          type="text"
          inputMode={field.path.endsWith('url') ? 'url' : 'text'}
          spellcheck={field.path === 'title'}
          autocomplete="off"
          value={text}
          onInput={typed}
        />
      );
  }
}

const Choice = ({ field, value, onValue, named }: InputProps & { named: Named }) =>
  field.choices.length > 3 ? (
    <select
      {...named}
      class="select"
      value={String(value ?? field.usual)}
      onChange={({ currentTarget }) => onValue(currentTarget.value)}
    >
      {field.choices.map((choice) => (
        <option key={choice} value={choice}>
          {choiceLabel(field, choice)}
        </option>
      ))}
    </select>
  ) : (
    <div class="segments" id={named.id}>
      {field.choices.map((choice) => (
        <label key={choice}>
          <input
            type="radio"
            class="unseen"
            name={field.path}
            checked={(value ?? field.usual) === choice}
            onChange={() => onValue(choice)}
          />
          <span>{choiceLabel(field, choice)}</span>
        </label>
      ))}
    </div>
  );

const Switch = ({ field, value, onValue, named }: InputProps & { named: Named }) => (
  <input
    {...named}
    type="checkbox"
    class="toggle"
    checked={(value ?? field.usual) === true}
    onChange={({ currentTarget }) => onValue(currentTarget.checked)}
  />
);

function NumberInput({ field, value, onValue, named }: InputProps & { named: Named }) {
  const unit = unitOf(field);
  return (
    <div class="with-unit">
      <input
        {...named}
        class="input"
        type="number"
        inputMode="numeric"
        min={field.min}
        max={field.max}
        placeholder={field.clears ? '—' : undefined}
        value={typeof value === 'number' ? value : ''}
        onInput={({ currentTarget }) =>
          onValue(currentTarget.value === '' ? null : currentTarget.valueAsNumber)
        }
      />
      {unit && <span>{say(`unit.${unit}`)}</span>}
    </div>
  );
}

/** Typed hidden. What is kept shows its last letters at most, and stays while nothing is typed. */
function SecretInput({ form, field, value, onValue, named }: InputProps & { named: Named }) {
  const kept = valueAt(form.base.value, field.path);
  const typed = value === kept ? '' : value;
  return (
    <input
      {...named}
      class="input"
      type="password"
      autocomplete="new-password"
      placeholder={
        typeof kept === 'string' && kept ? say('form.secret-stays', { kept }) : undefined
      }
      aria-label={labelOf(field)}
      value={typeof typed === 'string' ? typed : ''}
      onInput={({ currentTarget }) => onValue(currentTarget.value || kept)}
    />
  );
}
