import type { ComponentType } from 'preact';
import { say } from '../words/translate.ts';
import { FieldFrame } from './field-frame.tsx';
import type { Field } from './field-tree.ts';
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
  const change = ({ path, clears }: Field, next: unknown) => {
    const { [nameOf(path)]: _before, ...others } = members ?? {};
    // What is null is cleared, and what is left out may stay as it is.
    const isLeftOut = next === undefined || (next === null && !clears);
    onValue(isLeftOut ? others : { ...others, [nameOf(path)]: next });
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
                  onValue={(next) => change(part, next)}
                />
              ))}
            </div>
          )}
        </>
      )}
    </FieldFrame>
  );
}
