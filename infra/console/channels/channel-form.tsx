import { FieldInput } from '../fields/field-input.tsx';
import type { FormState } from '../fields/form-state.ts';
import { say } from '../words/translate.ts';
import { FIELD_GROUPS } from './channel-fields.ts';

/** Every field of a channel, group by group. */
export const ChannelForm = ({ form }: { form: FormState }) => (
  <>
    {FIELD_GROUPS.filter(({ fields }) => fields.length > 0).map(({ name, fields }) => (
      <section key={name} class="card group" aria-labelledby={`group-${name}`}>
        <h2 id={`group-${name}`}>{say(`group.${name}`)}</h2>
        <div class="fields">
          {fields.map((field) => (
            <FieldInput key={field.path} form={form} field={field} />
          ))}
        </div>
      </section>
    ))}
  </>
);
