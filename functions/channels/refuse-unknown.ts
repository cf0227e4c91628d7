import { requestInvalid } from '../../shared/kernel/request-invalid.ts';
import { unknownNames } from '../../shared/kernel/unknown-names.ts';
import type { HttpEvent } from '../chain/http.ts';
import { bodyOf, type Route } from './route.ts';
import { SHOWN } from './unknown-fields.ts';

/**
 * Throws `request-invalid` for what an operator asks by a name that the endpoint does not take: a filter or a
 * `now` with a slip in its name would otherwise do more, or less, than was meant.
 */
export function refuseUnknown({ query = [], body = [] }: Route, event: HttpEvent): void {
  const asked = Object.keys(event.queryStringParameters ?? {}).filter((name) => !isSigning(name));
  // Of a channel the fields are read with what stands in them (unknown-fields.ts).
  const sent = body === 'channel' || !event.body ? [] : Object.keys(bodyOf(event));
  const faults = [
    ...unknownNames(asked, query, 'a parameter of this request'),
    ...unknownNames(
      sent.filter((name) => !SHOWN.has(name)),
      body === 'channel' ? [] : body,
      'a field of this request',
    ),
  ];
  if (faults.length > 0) throw requestInvalid([], faults);
}

/** A signature of AWS may stand in the query as well. */
const isSigning = (name: string): boolean => /^x-amz-/i.test(name);
