import { expect } from 'vitest';

export type Admin = ReturnType<typeof adminOf>;

let nth = 0;
/** The 360dialog API key of a number that no other channel has. */
export const newKey = () => `key-of-an-invented-number-${++nth}`;

/** What a test does through the operator's endpoints, beside the page. */
export const adminOf = (url: string) => ({
  /** Creates a channel that works; resolves to its id. */
  create: async (change: object = {}): Promise<string> => {
    const answer = await fetch(`${url}/admin/channels`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        title: 'Support',
        token: newKey(),
        base_url: `${url}/sandbox/360dialog`,
        agent: { url: `${url}/sandbox/agent` },
        ...change,
      }),
    });
    expect(answer.status).toBe(201);
    return ((await answer.json()) as { channel: { id: string } }).channel.id;
  },
  edit: (id: string, change: object) =>
    fetch(`${url}/admin/channels/${id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(change),
    }),
  show: async (id: string): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${url}/admin/channels/${id}`);
    return ((await answer.json()) as { channel: Record<string, unknown> }).channel;
  },
});
