import * as z from 'zod/mini';
import { label, media, text } from './message-fields.ts';

const named = { parameter_name: z.optional(z.string().check(z.regex(/^[a-z][a-z0-9_]*$/i))) };
const value = z.record(z.string(), z.unknown());
const parameter = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('text'),
    ...named,
    text: text(32_768).check(z.regex(/^(?!.*[\n\r\t])(?!.* {5})/s, 'must not hold such blanks')),
  }),
  z.strictObject({ type: z.literal('image'), ...named, image: media.image }),
  z.strictObject({ type: z.literal('video'), ...named, video: media.video }),
  z.strictObject({ type: z.literal('document'), ...named, document: media.document }),
  z.strictObject({ type: z.literal('currency'), ...named, currency: value }),
  z.strictObject({ type: z.literal('date_time'), ...named, date_time: value }),
  z.strictObject({ type: z.literal('location'), ...named, location: value }),
  z.strictObject({ type: z.literal('payload'), payload: text(256) }),
  z.strictObject({ type: z.literal('coupon_code'), coupon_code: text(64) }),
  z.strictObject({ type: z.literal('action'), action: value }),
]);
const parameters = z.optional(z.array(parameter));
const component = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('header'), parameters }),
  z.strictObject({ type: z.literal('body'), parameters }),
  z.strictObject({
    type: z.literal('button'),
    sub_type: z.enum(['quick_reply', 'url', 'copy_code', 'flow', 'catalog', 'mpm']),
    index: z.union([z.string().check(z.regex(/^\d$/)), z.int()]),
    parameters,
  }),
]);
/** A template message: the template's name and language, and what fills its gaps. */
export const templateMessage = z.strictObject({
  name: text(512),
  language: z.strictObject({ code: label(15), policy: z.optional(z.literal('deterministic')) }),
  components: z.optional(z.array(component)),
});
