import { pathParameters } from '../../path-parameters.ts';
import type { Route } from '../../routes.ts';

export interface Match {
  route: Route;
  /** Decoded, by name. */
  parameters: Record<string, string>;
}

/**
 * Finds the route of a path as API Gateway does: segment by segment, a literal before a parameter.
 */
export function matchRoute(routes: readonly Route[], method: string, path: string): Match | null {
  const matches = routes
    .filter((route) => route.method === method)
    .map((route) => ({ route, parameters: pathParameters(route.path, path) }))
    .filter((match): match is Match => match.parameters !== null);
  return matches.sort((a, b) => countOf(a) - countOf(b))[0] ?? null;
}

const countOf = ({ parameters }: Match) => Object.keys(parameters).length;
