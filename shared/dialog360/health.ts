import * as z from 'zod/mini';
import type { NumberHealth } from '../contract/number-health.ts';
import { read } from '../kernel/parse.ts';
import { type CallLimits, call } from './call.ts';
import type { Account } from './hosts.ts';
import { providerWords } from './provider-words.ts';
import { readCall } from './read-call.ts';

const said = z.catch(z.optional(z.string()), undefined);

const cloudHealthSchema = z.object({
  health_status: z.object({
    can_send_message: z.string(),
    entities: z.catch(
      z.array(
        z.object({
          entity_type: z.string(),
          can_send_message: z.string(),
          errors: z.catch(
            z.optional(z.array(z.object({ error_description: said, possible_solution: said }))),
            undefined,
          ),
        }),
      ),
      [],
    ),
  }),
});

const legacyHealthSchema = z.object({ health: z.object({ gateway_status: z.string() }) });

/** The number's health: `/health_status` of the cloud, `/v1/health` on-premise, none in the sandbox (docs/360dialog.md#health). */
export async function readHealth(account: Account, limits: CallLimits): Promise<NumberHealth> {
  if (account.hosting === 'sandbox') return { kind: 'unknown' };
  const path = account.hosting === 'cloud' ? '/health_status' : '/v1/health';
  const end = readCall(await call(account, { method: 'GET', path }, limits));
  if (end.kind === 'done') return readBody(end.json);
  // 404: a host that the operator set as base_url need not have this call.
  return end.kind === 'refused' && end.status === 404 ? { kind: 'unknown' } : end;
}

function readBody(json: unknown): NumberHealth {
  const legacy = read(legacyHealthSchema, json);
  if (legacy.ok) {
    const state = legacy.value.health.gateway_status;
    return state === 'connected' ? { kind: 'healthy' } : { kind: 'impaired', state, causes: [] };
  }
  const cloud = read(cloudHealthSchema, json);
  if (!cloud.ok) return { kind: 'unknown' };
  const { can_send_message: state, entities } = cloud.value.health_status;
  if (state === 'AVAILABLE') return { kind: 'healthy' };
  const causes = entities
    .filter((entity) => entity.can_send_message !== 'AVAILABLE')
    .map(({ entity_type: part, errors }) => ({
      part,
      cure: providerWords({
        detail: errors?.[0]?.possible_solution ?? errors?.[0]?.error_description,
      }),
    }));
  return { kind: 'impaired', state, causes };
}
