import * as z from 'zod/mini';
import { channelOptionsSchema } from './channel-options.ts';
import { transcriptionInputSchema } from './transcription-input.ts';

/** The options as an operator writes them: with secrets, which the row of a channel does not keep. */
export const optionsInputSchema = z.extend(channelOptionsSchema, {
  /** What makes text of voice notes; null: nothing does. */
  transcription: z._default(z.nullable(transcriptionInputSchema), null),
});
export type OptionsInput = z.infer<typeof optionsInputSchema>;
