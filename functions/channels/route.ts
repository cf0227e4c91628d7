import { requestInvalid } from '../../shared/kernel/request-invalid.ts';
import { type HttpAnswer, type HttpEvent, readJsonBody } from '../chain/http.ts';
import type { ChannelsDeps } from './deps.ts';

/** One admin endpoint: what it takes, and what answers it. */
export interface Route {
  /** The names of its query; without it there are none. */
  query?: readonly string[];
  /** The names of its body; without it there are none. `channel`: those of a channel. */
  body?: readonly string[] | 'channel';
  answer: (deps: ChannelsDeps, event: HttpEvent) => Promise<HttpAnswer>;
}
export type Routes = Record<string, Route>;

/** Far more than the largest channel an operator can write down. */
const MAX_BODY_BYTES = 64 * 1024;
/** DynamoDB keeps 32, and a template's components nest ten. */
const MAX_LEVELS = 20;

export const bodyOf = (event: HttpEvent) => readJsonBody(event, MAX_BODY_BYTES, MAX_LEVELS);

export const idOf = ({ pathParameters }: HttpEvent): string => pathParameters?.id ?? '';

/** Throws `request-invalid` for a `cursor` or a `next` that no answer of ours has given. */
export const notOurs = (path: string): never => {
  throw requestInvalid([{ path, detail: 'must be the next of an earlier answer' }]);
};
