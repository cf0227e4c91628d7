import { percentDecoded } from '../shared/kernel/percent-decoded.ts';

/**
 * The parameters of a path that has this pattern, decoded, by name; null when it has not. `{name}` in
 * the pattern stands for one segment, `{name+}` for all that is left, as on API Gateway
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html).
 */
export function pathParameters(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const segments = path.split('/');
  const parameters: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const [, name, plus] = part.match(/^\{(\w+)(\+?)\}$/) ?? [];
    if (plus) segments.push(segments.splice(at).join('/'));
    const segment = segments[at] ?? '';
    if (name && segment) parameters[name] = percentDecoded(segment);
    else if (part !== segment) return null;
  }
  return wanted.length === segments.length ? parameters : null;
}
