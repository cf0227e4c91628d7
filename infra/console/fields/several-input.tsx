import { say } from '../words/translate.ts';
import { FieldFrame } from './field-frame.tsx';
import type { InputProps } from './input-props.ts';

/** Any of a list's values, or null: the usual ones. */
export function SeveralInput({ form, field, value, onValue }: InputProps) {
  const chosen = Array.isArray(value) ? (value as string[]) : null;
  const press = (choice: string, isOn: boolean) =>
    onValue(
      field.choices.filter((one) => (one === choice ? isOn : chosen?.includes(one) === true)),
    );
  return (
    <FieldFrame form={form} field={field} isGroup>
      {(named) => (
        <>
          <label class="check">
            <input
              type="checkbox"
              id={named.id}
              checked={chosen === null}
              onChange={({ currentTarget }) => onValue(currentTarget.checked ? null : [])}
            />
            {say('form.usual-ones')}
          </label>
          {chosen && (
            <div class="several">
              {field.choices.map((choice) => (
                <label key={choice} class="check mono">
                  <input
                    type="checkbox"
                    checked={chosen.includes(choice)}
                    onChange={({ currentTarget }) => press(choice, currentTarget.checked)}
                  />
                  {choice}
                </label>
              ))}
            </div>
          )}
        </>
      )}
    </FieldFrame>
  );
}
