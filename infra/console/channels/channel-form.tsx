import { AGENT_KINDS, KIND_SETTINGS, takesSetting } from '../../../shared/contract/agent-kind.ts';
import { FieldInput } from '../fields/field-input.tsx';
import type { Field } from '../fields/field-tree.ts';
import type { FormState } from '../fields/form-state.ts';
import { say } from '../words/translate.ts';
import { FIELD_GROUPS } from './channel-fields.ts';

/** Every field of a channel that means something for its kind of agent, group by group. */
export const ChannelForm = ({ form }: { form: FormState }) => (
  <>
    {FIELD_GROUPS.filter(({ fields }) => fields.length > 0).map(({ name, fields }) => (
      <section key={name} class="card group" aria-labelledby={`group-${name}`}>
        <h2 id={`group-${name}`}>{say(`group.${name}`)}</h2>
        <div class="fields">
          {fields
            .filter((field) => isWanted(form, field))
            .map((field) => (
              <FieldInput key={field.path} form={form} field={field} />
            ))}
        </div>
      </section>
    ))}
  </>
);

/** The fields that only some kinds of agents take. */
const SETTINGS = new Set<string>(
  AGENT_KINDS.flatMap((kind) => [...KIND_SETTINGS[kind].needs, ...KIND_SETTINGS[kind].takes]).map(
    (name) => `agent.${name}`,
  ),
);

/** What has been typed, or is wrong, stays in sight, also when the kind is another one now. */
function isWanted({ values, edits, faults }: FormState, { path }: Field): boolean {
  if (!SETTINGS.has(path) || path in edits.value) return true;
  if (faults.value.some((fault) => fault.path === path)) return true;
  const kind = AGENT_KINDS.find((one) => one === values.value['agent.kind']);
  return kind === undefined || takesSetting(kind, path.slice('agent.'.length));
}
