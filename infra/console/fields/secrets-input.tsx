import { useSignal } from '@preact/signals';
import { Icon } from '../shell/icon.tsx';
import { say } from '../words/translate.ts';
import { FieldFrame } from './field-frame.tsx';
import type { InputProps } from './input-props.ts';
import { MASK } from './values.ts';

interface Row {
  name: string;
  value: string;
  /** Kept by the channel: its value stays while nothing is typed. */
  isKept: boolean;
}

const rowsOf = (value: unknown): Row[] =>
  Object.entries((value ?? {}) as Record<string, string>).map(([name, kept]) => ({
    name,
    value: kept === MASK ? '' : kept,
    isKept: kept === MASK,
  }));

/** Names with secret values: what is typed stays hidden, what is kept is never shown. */
export function SecretsInput({ form, field, value, onValue }: InputProps) {
  const rows = useSignal(rowsOf(value));
  const change = (next: Row[]) => {
    rows.value = next;
    onValue(
      Object.fromEntries(
        next
          .filter(({ name, value: typed }) => name !== '' || typed !== '')
          .map(({ name, value: typed, isKept }) => [name, isKept && typed === '' ? MASK : typed]),
      ),
    );
  };
  const set = (at: number, part: Partial<Row>) =>
    change(rows.value.map((row, place) => (place === at ? { ...row, ...part } : row)));
  return (
    <FieldFrame form={form} field={field} isGroup>
      {() => (
        <div class="rows">
          {rows.value.map((row, at) => (
            <div class="row" key={at}>
              <input
                class="input mono"
                aria-label={say('form.header-name', { n: at + 1 })}
                autocomplete="off"
                spellcheck={false}
                readOnly={row.isKept}
                value={row.name}
                onInput={({ currentTarget }) => set(at, { name: currentTarget.value })}
              />
              <input
                class="input"
                type="password"
                autocomplete="new-password"
                aria-label={say('form.header-value', { n: at + 1 })}
                placeholder={row.isKept ? say('form.secret-stays', { kept: MASK }) : undefined}
                value={row.value}
                onInput={({ currentTarget }) => set(at, { value: currentTarget.value })}
              />
              <button
                type="button"
                class="icon-button"
                aria-label={say('form.header-remove', { n: at + 1 })}
                onClick={() => change(rows.value.filter((_row, place) => place !== at))}
              >
                <Icon name="trash" size={18} />
              </button>
            </div>
          ))}
          <button
            type="button"
            class="button small"
            onClick={() => {
              rows.value = [...rows.value, { name: '', value: '', isKept: false }];
            }}
          >
            <Icon name="plus" size={16} /> {say('form.header-add')}
          </button>
        </div>
      )}
    </FieldFrame>
  );
}
