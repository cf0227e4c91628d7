import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Problem } from '../api/call.ts';
import { keepDraft, keptDraft } from './draft.ts';
import type { Field } from './field-tree.ts';
import { same, type Values, withoutSecrets } from './values.ts';

export interface Fault {
  path: string;
  detail: string;
  /** What was typed could not be read, so it is no edit yet. */
  isUnread?: true;
}

/** What others have changed while this form was open. */
export interface Conflict {
  version: number;
  theirs: Values;
  /** The fields they changed. */
  changed: Field[];
}

/** A form whose edits apply to nothing until they are saved. */
export interface FormState {
  /** Names the draft: the id of what is edited. */
  id: string;
  fields: Field[];
  base: Signal<Values>;
  version: Signal<number | null>;
  edits: Signal<Values>;
  faults: Signal<Fault[]>;
  conflict: Signal<Conflict | null>;
  values: ReadonlySignal<Values>;
  changes: ReadonlySignal<number>;
  /** Whether Save would leave out something that was typed, or write over another editor. */
  isBlocked: ReadonlySignal<boolean>;
  /** How often it began anew: inputs that keep their own text begin anew with it. */
  beginnings: Signal<number>;
}

/** The form of what is there now, with the draft that a reload has left. */
export function formState(
  id: string,
  fields: Field[],
  now: { version: number | null; values: Values },
): FormState {
  const draft = keptDraft(id);
  const known = withoutUnknown(draft?.edits ?? {}, fields);
  const base = signal(draft ? { ...now.values, ...draft.base } : now.values);
  const edits = signal(known);
  const faults = signal<Fault[]>([]);
  const conflict = signal<Conflict | null>(null);
  const form: FormState = {
    id,
    fields,
    base,
    version: signal(draft ? draft.version : now.version),
    edits,
    faults,
    conflict,
    values: computed(() => ({ ...base.value, ...edits.value })),
    changes: computed(() => Object.keys(edits.value).length),
    isBlocked: computed(
      () => conflict.value !== null || faults.value.some(({ isUnread }) => isUnread),
    ),
    beginnings: signal(0),
  };
  if (draft && now.version !== null && draft.version !== now.version) {
    meetChange(form, now.version, now.values);
  }
  return form;
}

/** A field may have gone with a version of ours since the draft was kept. */
const withoutUnknown = (values: Values, fields: Field[]): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([path]) => fields.some((field) => field.path === path)),
  );

/** Notes what is wanted for a field, or that it is as it was. */
export function edit(form: FormState, path: string, value: unknown): void {
  const { [path]: _before, ...others } = form.edits.value;
  form.edits.value = same(value, form.base.value[path]) ? others : { ...others, [path]: value };
  form.faults.value = form.faults.value.filter(
    (fault) => fault.path !== path && !fault.path.startsWith(`${path}.`),
  );
  keep(form);
}

/** Begins anew from what is saved. Of the edits stay only those made since the values were as `sent`. */
export function startFrom(
  form: FormState,
  version: number | null,
  values: Values,
  sent = form.values.peek(),
): void {
  const { changes, faults, base } = form;
  const isUntouched = changes.peek() === 0 && faults.peek().length === 0;
  // Then what stands half typed in a field stays, too.
  if (isUntouched && version === form.version.peek() && same(values, base.peek())) return;
  const since = Object.entries(form.values.peek()).filter(
    ([path, value]) => !same(value, sent[path]) && !same(value, values[path]),
  );
  form.base.value = values;
  form.version.value = version;
  form.edits.value = Object.fromEntries(since);
  form.faults.value = [];
  form.conflict.value = null;
  form.beginnings.value += 1;
  keep(form);
}

/**
 * Says what others have changed. Where they have touched no field of the form, the edits go on upon
 * their version: true.
 */
export function meetChange(form: FormState, version: number, theirs: Values): boolean {
  const changed = form.fields.filter(({ path }) => !same(theirs[path], form.base.value[path]));
  if (changed.length === 0) {
    form.version.value = version;
    keep(form);
    return true;
  }
  form.conflict.value = { version, theirs, changed };
  return false;
}

/** Goes on upon the version of the other editor. `keepMine`: what was typed here stays also in fields that the other editor has changed. */
export function settleChange(form: FormState, keepMine: boolean): void {
  const { conflict } = form;
  if (!conflict.value) return;
  const { version, theirs, changed } = conflict.value;
  const dropped = keepMine ? [] : changed.map(({ path }) => path);
  form.base.value = theirs;
  form.version.value = version;
  form.edits.value = Object.fromEntries(
    Object.entries(form.edits.value).filter(
      ([path, value]) => !dropped.includes(path) && !same(value, theirs[path]),
    ),
  );
  conflict.value = null;
  form.beginnings.value += 1;
  keep(form);
}

/** Puts each fault of a refusal beside its field; where none is named, the refusal stands above the form. */
export function showFaults(form: FormState, { errors, detail }: Problem): void {
  form.faults.value = errors?.length ? errors : [{ path: '', detail }];
}

function keep({ id, fields, base, version, edits }: FormState): void {
  keepDraft(id, {
    version: version.value,
    base: base.value, // as the channel is shown: its secrets are masked
    edits: withoutSecrets(edits.value, fields),
  });
}
