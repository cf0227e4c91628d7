import { expect, test } from 'vitest';
import { matchRoute } from '../../../../infra/local/http/match-route.ts';
import { ROUTES } from '../../../../infra/routes.ts';

// biome-ignore format: a table reads by column
const cases = [
  { ask: 'POST /webhooks/ch_1/t_2',             route: 'POST /webhooks/{channel_id}/{webhook_token}', parameters: { channel_id: 'ch_1', webhook_token: 't_2' } },
  { ask: 'GET /webhooks/ch_1/t_2',              route: 'GET /webhooks/{channel_id}/{webhook_token}',  parameters: { channel_id: 'ch_1', webhook_token: 't_2' } },
  { ask: 'GET /admin/channels',                 route: 'GET /admin/channels',                         parameters: {} },
  { ask: 'PATCH /admin/channels/ch_1',          route: 'PATCH /admin/channels/{id}',                  parameters: { id: 'ch_1' } },
  { ask: 'POST /admin/channels/ch_1/activate',  route: 'POST /admin/channels/{id}/{action}',          parameters: { id: 'ch_1', action: 'activate' } },
  { ask: 'GET /admin/channels/a%2Fb%20c',       route: 'GET /admin/channels/{id}',                    parameters: { id: 'a/b c' } },
  { ask: 'GET /admin/channels/50%',             route: 'GET /admin/channels/{id}',                    parameters: { id: '50%' } },
  { ask: 'GET /admin/channels/',                route: null,                                          parameters: undefined },
  { ask: 'GET /admin/channels/a/b',             route: null,                                          parameters: undefined },
  { ask: 'OPTIONS /admin/channels',             route: null,                                          parameters: undefined },
  { ask: 'POST /webhooks//t_2',                 route: null,                                          parameters: undefined },
];

test.each(cases)('$ask is matched with $route', ({ ask, route, parameters }) => {
  const [method = '', path = ''] = ask.split(' ');
  const match = matchRoute(ROUTES, method, path);
  expect(match && `${match.route.method} ${match.route.path}`).toBe(route);
  expect(match?.parameters).toEqual(parameters);
});

test('only endpoints that check a secret themselves are open without a signature', () => {
  const open = ROUTES.filter(({ auth }) => auth === 'none');
  expect(new Set(open.map((route) => route.function))).toEqual(new Set(['webhook', 'requests']));
});
