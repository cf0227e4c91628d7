import type { Route } from './routes.ts';

export interface RouteThrottle {
  /** Calls a second. */
  rateLimit: number;
  /** Calls at once. */
  burstLimit: number;
}

/**
 * How many calls a route takes: `perSecond` where 360dialog posts, half as many where agents and other
 * systems call, a tenth for what people and checks ask now and then. Each route counts for itself, so calls
 * without a secret to one endpoint take nothing from the webhook's.
 */
export function throttleOf({ method, function: name }: Route, perSecond: number): RouteThrottle {
  if (name === 'webhook' && method === 'POST') return paced(perSecond);
  return paced(name === 'requests' ? perSecond / 2 : perSecond / 10);
}

/** A burst of two and a half seconds' worth: a webhook body comes with its neighbours. */
const paced = (perSecond: number): RouteThrottle => ({
  rateLimit: Math.max(Math.round(perSecond), 1),
  burstLimit: Math.max(Math.round(perSecond * 2.5), 5),
});
