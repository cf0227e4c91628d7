import { useSignal } from '@preact/signals';
import { say } from '../words/translate.ts';
import type { InputProps, Named } from './input-props.ts';

/** Several texts, one a line. What is typed stays as it is; blank lines are no texts. */
export function LinesInput({ value, onValue, named }: InputProps & { named: Named }) {
  const text = useSignal((Array.isArray(value) ? value : []).join('\n'));
  return (
    <textarea
      {...named}
      class="input"
      rows={3}
      placeholder={say('form.one-a-line')}
      value={text.value}
      onInput={({ currentTarget }) => {
        text.value = currentTarget.value;
        onValue(text.value.split('\n').flatMap((line) => line.trim() || []));
      }}
    />
  );
}
