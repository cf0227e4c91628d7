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
  const segments = path.split('/');
  const matches = routes
    .filter((route) => route.method === method)
    .map((route) => ({ route, parameters: parametersOf(route.path.split('/'), segments) }))
    .filter((match): match is Match => match.parameters !== null);
  return matches.sort((a, b) => countOf(a) - countOf(b))[0] ?? null;
}

function parametersOf(pattern: string[], segments: string[]): Record<string, string> | null {
  if (pattern.length !== segments.length) return null;
  const parameters: Record<string, string> = {};
  for (const [at, part] of pattern.entries()) {
    const segment = segments[at] ?? '';
    if (part.startsWith('{') && segment) parameters[part.slice(1, -1)] = decoded(segment);
    else if (part !== segment) return null;
  }
  return parameters;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // a stray percent sign
  }
}

const countOf = ({ parameters }: Match) => Object.keys(parameters).length;
