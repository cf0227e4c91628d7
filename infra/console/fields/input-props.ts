import type { Field } from './field-tree.ts';
import type { FormState } from './form-state.ts';

export interface InputProps {
  form: FormState;
  field: Field;
  value: unknown;
  onValue: (value: unknown) => void;
}

/** What an input needs to be named, explained and found faulty by those who hear the page. */
export interface Named {
  id: string;
  'aria-describedby': string;
  'aria-invalid': boolean;
}
