import * as z from 'zod/mini';
import type { FailedCall } from '../contract/failed-call.ts';
import { read } from '../kernel/parse.ts';
import { type CallLimits, call } from './call.ts';
import type { Account } from './hosts.ts';
import { readCall } from './read-call.ts';

const templateSchema = z.object({
  name: z.string(),
  language: z.string(),
  /** APPROVED, PENDING …; in upper case, because the hosts differ (docs/360dialog.md#templates). */
  status: z.pipe(
    z.string(),
    z.transform((status) => status.toUpperCase()),
  ),
  category: z.catch(z.optional(z.string()), undefined),
  components: z.catch(z.optional(z.array(z.unknown())), undefined),
});
export type ProviderTemplate = z.infer<typeof templateSchema>;

/** Entries that are no template are left out: one of them must not hide the others. */
const listOf = z.pipe(
  z.array(z.unknown()),
  z.transform((entries) =>
    entries.flatMap((entry) => {
      const template = read(templateSchema, entry);
      return template.ok ? [template.value] : [];
    }),
  ),
);
const graphSchema = z.object({
  data: listOf,
  paging: z.catch(z.optional(z.object({ next: z.optional(z.string()) })), undefined),
});
const legacySchema = z.object({
  waba_templates: listOf,
  total: z.catch(z.optional(z.number()), undefined),
});

/** A number's message templates, or why they could not be read. */
export type TemplateList =
  /** `more`: the host has others that did not fit one page. */
  | { kind: 'listed'; templates: ProviderTemplate[]; more: boolean }
  /** This host has no templates to list: the sandbox, or a base_url of the operator’s own. */
  | { kind: 'none' }
  | FailedCall;

const GRAPH_PATH = '/message_templates?fields=name,language,status,category,components&limit=1000';
const OLD_PATH = '/v1/configs/templates?limit=1000';
const MAX_BYTES = 8 * 1024 * 1024;
/** What a host answers when it does not know the path; 400 may mean other things as well. */
const NO_SUCH_PATH = new Set([404, 405]);
const MAYBE_NO_SUCH_PATH = new Set([...NO_SUCH_PATH, 400]);

/** The number's message templates: `/message_templates`, else the older path (docs/360dialog.md#templates). */
export async function readTemplates(account: Account, limits: CallLimits): Promise<TemplateList> {
  if (account.hosting === 'sandbox') return { kind: 'none' };
  const paths = account.hosting === 'cloud' ? [GRAPH_PATH, OLD_PATH] : [OLD_PATH];
  let end: TemplateList = { kind: 'none' };
  for (const path of paths) {
    end = await readFrom(account, path, limits);
    if (end.kind !== 'refused' || !MAYBE_NO_SUCH_PATH.has(end.status)) return end;
  }
  return end.kind === 'refused' && NO_SUCH_PATH.has(end.status) ? { kind: 'none' } : end;
}

async function readFrom(account: Account, path: string, limits: CallLimits) {
  const end = readCall(await call(account, { method: 'GET', path, maxBytes: MAX_BYTES }, limits));
  if (end.kind !== 'done') return end;
  return readList(end.json) ?? ({ kind: 'unreachable', reason: 'no list of templates' } as const);
}

function readList(json: unknown): TemplateList | null {
  const graph = read(graphSchema, json);
  if (graph.ok) {
    const { data, paging } = graph.value;
    return { kind: 'listed', templates: data, more: paging?.next !== undefined };
  }
  const legacy = read(legacySchema, json);
  if (!legacy.ok) return null;
  const { waba_templates: templates, total } = legacy.value;
  return { kind: 'listed', templates, more: (total ?? 0) > templates.length };
}
