import * as z from 'zod/mini';
import { label, media, text, trimmed, unique } from './message-fields.ts';

const textHeader = z.strictObject({ type: z.literal('text'), text: label(60) });
const header = z.discriminatedUnion('type', [
  textHeader,
  z.strictObject({ type: z.literal('image'), image: media.image }),
  z.strictObject({ type: z.literal('video'), video: media.video }),
  z.strictObject({ type: z.literal('document'), document: media.document }),
]);
const body = z.strictObject({ text: text(1024) });
const footer = z.optional(z.strictObject({ text: label(60) }));

const replyButton = z.strictObject({
  type: z.literal('reply'),
  reply: z.strictObject({ id: trimmed(256), title: label(20) }),
});
const row = z.strictObject({
  id: trimmed(200),
  title: label(24),
  description: z.optional(label(72)),
});
const section = z.strictObject({ title: z.optional(label(24)), rows: z.array(row) });
const sections = z.array(section).check(
  z.minLength(1),
  z.maxLength(10),
  z.refine(
    (all) => all.length === 1 || all.every(({ title }) => title),
    'must have titles when there are several',
  ),
  z.refine((all) => {
    const rows = all.flatMap(({ rows }) => rows);
    return rows.length >= 1 && rows.length <= 10;
  }, 'must have 1 to 10 rows'),
  z.refine((all) => {
    const ids = all.flatMap(({ rows }) => rows.map(({ id }) => id));
    return new Set(ids).size === ids.length;
  }, 'must not repeat an id'),
);

/** A bill to pay, or what became of the order: the parameters are the bank's matter. */
const payment = <const Type extends string, const Name extends string>(type: Type, name: Name) =>
  z.strictObject({
    type: z.literal(type),
    header: z.optional(header),
    body,
    footer,
    action: z.strictObject({
      name: z.literal(name),
      parameters: z.looseObject({ reference_id: z.string() }),
    }),
  });

/** An interactive message: buttons, a list, a link, a flow, or a request for a place or a phone number. */
export const interactiveMessage = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('button'),
    header: z.optional(header),
    body,
    footer,
    action: z.strictObject({
      buttons: z.array(replyButton).check(
        z.minLength(1),
        z.maxLength(3),
        unique(({ reply }) => reply.id),
        unique(({ reply }) => reply.title),
      ),
    }),
  }),
  z.strictObject({
    type: z.literal('list'),
    header: z.optional(textHeader),
    body,
    footer,
    action: z.strictObject({ button: label(20), sections }),
  }),
  z.strictObject({
    type: z.literal('cta_url'),
    header: z.optional(header),
    body,
    footer,
    action: z.strictObject({
      name: z.literal('cta_url'),
      parameters: z.strictObject({
        display_text: label(20),
        url: z.string().check(z.regex(/^https?:\/\/\S+$/i)),
      }),
    }),
  }),
  z.strictObject({
    type: z.literal('location_request_message'),
    body,
    action: z.strictObject({ name: z.literal('send_location') }),
  }),
  z.strictObject({
    type: z.literal('request_contact_info'),
    body,
    action: z.strictObject({ name: z.literal('request_contact_info') }),
  }),
  z.strictObject({
    type: z.literal('flow'),
    header: z.optional(header),
    body,
    footer,
    action: z.strictObject({
      name: z.literal('flow'),
      parameters: z
        .strictObject({
          flow_message_version: z.literal('3'),
          flow_token: z.optional(text(1024)),
          flow_id: z.optional(text(256)),
          flow_name: z.optional(text(256)),
          flow_cta: label(20),
          mode: z.optional(z.enum(['draft', 'published'])),
          flow_action: z.optional(z.enum(['navigate', 'data_exchange'])),
          flow_action_payload: z.optional(
            z.strictObject({
              screen: text(256),
              data: z.optional(
                z
                  .record(z.string(), z.unknown())
                  .check(z.refine((data) => Object.keys(data).length > 0, 'must not be empty')),
              ),
            }),
          ),
        })
        .check(
          z.refine(
            ({ flow_id, flow_name }) => (flow_id === undefined) !== (flow_name === undefined),
            'must name the flow by flow_id or by flow_name',
          ),
        ),
    }),
  }),
  payment('order_details', 'review_and_pay'),
  payment('order_status', 'review_order'),
]);
