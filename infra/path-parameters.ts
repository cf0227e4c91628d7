import { percentDecoded } from '../shared/kernel/percent-decoded.ts';

/**
 * The parameters of a path that has this pattern, decoded, by name; null when it has not. `{name}` in
 * the pattern stands for one segment.
 */
export function pathParameters(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const segments = path.split('/');
  if (wanted.length !== segments.length) return null;
  const parameters: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const segment = segments[at] ?? '';
    if (part.startsWith('{') && segment) parameters[part.slice(1, -1)] = percentDecoded(segment);
    else if (part !== segment) return null;
  }
  return parameters;
}
