import { useSignal } from '@preact/signals';
import { readJson } from '../../../shared/kernel/read-json.ts';
import type { Word } from '../words/translate.ts';
import type { InputProps, Named } from './input-props.ts';

/** A value of any shape, written as JSON. What is no JSON stays in the field and is said beside it. */
export function JsonInput({ form, field, value, onValue, named }: InputProps & { named: Named }) {
  const text = useSignal(
    value === undefined || value === null ? '' : JSON.stringify(value, null, 2),
  );
  const read = (written: string) => {
    text.value = written;
    const others = form.faults.value.filter(({ path }) => path !== field.path);
    const isEmpty = written.trim() === '';
    const next = isEmpty && field.clears ? null : readJson(written);
    if (next === undefined && !isEmpty) {
      form.faults.value = [
        ...others,
        { path: field.path, detail: 'form.no-json' satisfies Word, isUnread: true },
      ];
      return;
    }
    onValue(next);
    form.faults.value = others;
  };
  return (
    <textarea
      {...named}
      class="input mono"
      rows={3}
      spellcheck={false}
      value={text.value}
      onChange={({ currentTarget }) => read(currentTarget.value)}
    />
  );
}
