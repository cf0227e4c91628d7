import * as z from 'zod/mini';
import { spanSchema } from '../clock/span.ts';
import { FAULTS, type FaultName } from '../faults/fault.ts';

const faultNames = Object.keys(FAULTS) as FaultName[];
const times = z.optional(z.nullable(z.int().check(z.minimum(1), z.maximum(1000))));

/** One thing that a person did. */
const stepSchema = z
  .strictObject({
    /** A play without its visitor; `reply-2` is the second message of the business, `own-1` the first of the visitor. */
    visitor: z.optional(z.record(z.string(), z.unknown())),
    pass: z.optional(spanSchema),
    fault: z.optional(z.enum(faultNames)),
    /** Of a fault: for how many messages; null: until it is switched off. */
    times,
    off: z.optional(z.enum(faultNames)),
    /** It was done while something still waited; else everything had come to rest. */
    waiting: z.optional(z.boolean()),
  })
  .check(
    z.refine(
      ({ visitor, pass, fault, off }) =>
        [visitor, pass, fault, off].filter((one) => one !== undefined).length === 1,
      'must have one of visitor, pass, fault and off',
    ),
  );

/** What came out of it, in order: a reply with what became of it, or what the phone does not show. */
const seenSchema = z.strictObject({
  reply: z.optional(z.string()),
  /** Of a reply that is no text: its type. */
  type: z.optional(z.string()),
  became: z.optional(z.string()),
  note: z.optional(z.string()),
  code: z.optional(z.string()),
});

/** What a person did on the phone, with the clock and with the faults, and what came out: a file to replay. */
export const scenarioSchema = z.strictObject({
  scenario: z.literal(1),
  title: z.string().check(z.minLength(1), z.maxLength(200)),
  /** The visitor withholds the phone number. */
  without_phone: z.optional(z.boolean()),
  steps: z.array(stepSchema).check(z.minLength(1), z.maxLength(500)),
  seen: z.array(seenSchema),
  /** It was saved while something still waited. */
  waiting: z.optional(z.boolean()),
});
export type Scenario = z.output<typeof scenarioSchema>;
export type Step = z.output<typeof stepSchema>;
export type Seen = z.output<typeof seenSchema>;
