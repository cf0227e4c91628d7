import { readJson } from '../../../shared/kernel/read-json.ts';

/** The JSON of a body; null when it is not JSON. */
export const jsonIn = (body: Buffer): unknown => readJson(body.toString()) ?? null;
