import type { ComponentType } from 'preact';
import { say } from '../words/translate.ts';
import { FieldFrame } from './field-frame.tsx';
import type { InputProps } from './input-props.ts';

type Members = Record<string, unknown>;

/** Fields that are there together or not at all. */
export function ObjectInput({
  form,
  field,
  value,
  onValue,
  PartInput,
}: InputProps & { PartInput: ComponentType<InputProps> }) {
  const members = typeof value === 'object' && value !== null ? (value as Members) : null;
  const nameOf = (path: string) => path.slice(field.path.length + 1);
  const change = (name: string, next: unknown) => {
    const { [name]: _before, ...others } = members ?? {};
    onValue(next === undefined || next === null ? others : { ...others, [name]: next });
  };
  return (
    <FieldFrame form={form} field={field} isGroup>
      {(named) => (
        <>
          <label class="check">
            <input
              type="checkbox"
              id={named.id}
              checked={members !== null}
              onChange={({ currentTarget }) => onValue(currentTarget.checked ? {} : null)}
            />
            {say('form.use')}
          </label>
          {members && (
            <div class="parts">
              {field.parts.map((part) => (
                <PartInput
                  key={part.path}
                  form={form}
                  field={part}
                  value={members[nameOf(part.path)]}
                  onValue={(next) => change(nameOf(part.path), next)}
                />
              ))}
            </div>
          )}
        </>
      )}
    </FieldFrame>
  );
}
