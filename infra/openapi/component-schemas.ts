import * as z from 'zod/mini';
import {
  askedAgentSchema,
  askedReplySchema,
  channelAnswerSchema,
  channelListSchema,
  channelViewSchema,
  doctorFindingSchema,
  warningSchema,
} from '../../shared/contract/channel-answer.ts';
import { chatRecordSchema } from '../../shared/contract/chat-record.ts';
import { chatViewSchema } from '../../shared/contract/chat-view.ts';
import { incomingRequestAnswerSchema } from '../../shared/contract/incoming-request.ts';
import {
  letterListSchema,
  letterSummarySchema,
  letterViewSchema,
} from '../../shared/contract/letter-view.ts';
import { messagesAnswerSchema } from '../../shared/contract/messages-request.ts';
import { notificationAnswerSchema } from '../../shared/contract/notification-request.ts';
import { replyViewSchema } from '../../shared/contract/reply-view.ts';
import { statusAnswerSchema } from '../../shared/contract/status-answer.ts';
import {
  providerTemplateListSchema,
  templateListSchema,
} from '../../shared/contract/template-list.ts';
import { traceAnswerSchema } from '../../shared/contract/trace-answer.ts';
import { eventSchemas } from './event-webhooks.ts';
import { FIELD_NOTES, noteFields } from './field-notes.ts';
import { inputSchemas } from './input-schemas.ts';
import { PROBLEM_SCHEMA } from './problem-schema.ts';
import { type Fields, leaveOpen, refTo } from './schema-parts.ts';

/** What the endpoints answer, under the names the document uses. */
const ANSWERS: Record<string, z.ZodMiniType> = {
  Channel: channelViewSchema,
  Warning: warningSchema,
  Finding: doctorFindingSchema,
  AskedReply: askedReplySchema,
  AskedAgent: askedAgentSchema,
  ChannelAnswer: channelAnswerSchema,
  ChannelList: channelListSchema,
  MessagesAnswer: messagesAnswerSchema,
  NotificationAnswer: notificationAnswerSchema,
  IncomingRequestAnswer: incomingRequestAnswerSchema,
  Chat: chatViewSchema,
  ChatRecord: chatRecordSchema,
  DeadLetterSummary: letterSummarySchema,
  DeadLetter: letterViewSchema,
  DeadLetterList: letterListSchema,
  StatusAnswer: statusAnswerSchema,
  Trace: traceAnswerSchema,
  ReplyStatus: replyViewSchema,
  TemplateList: templateListSchema,
  ProviderTemplateList: providerTemplateListSchema,
};

/** Every schema of the document, with a sentence for each field. */
export function componentSchemas(): Fields {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(ANSWERS)) registry.add(schema, { id });
  const { schemas: answers } = z.toJSONSchema(registry, {
    io: 'output',
    uri: refTo,
    override: leaveOpen,
  });
  const all: Record<string, Fields> = { ...inputSchemas(), ...answers };
  const noted = Object.entries(all).map(([name, { $schema, $id, ...shape }]) => [
    name,
    noteFields(shape, FIELD_NOTES[name] ?? {}),
  ]);
  return { ...Object.fromEntries(noted), ...eventSchemas(), Problem: PROBLEM_SCHEMA };
}
