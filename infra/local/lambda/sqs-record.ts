import type { Message } from '@aws-sdk/client-sqs';
import type { SQSMessageAttributes, SQSRecord } from 'aws-lambda';
import { REGION } from '../aws/client-options.ts';

/** A received message as Lambda hands it to a function. */
export const sqsRecord = (message: Message, queueArn: string): SQSRecord => ({
  messageId: message.MessageId ?? '',
  receiptHandle: message.ReceiptHandle ?? '',
  body: message.Body ?? '',
  // The SDK calls each attribute optional; the queue trigger asks for all of them, as Lambda does.
  attributes: message.Attributes as SQSRecord['attributes'] & Record<string, string>,
  messageAttributes: attributesOf(message),
  md5OfBody: message.MD5OfBody ?? '',
  eventSource: 'aws:sqs',
  eventSourceARN: queueArn,
  awsRegion: REGION,
});

function attributesOf({ MessageAttributes = {} }: Message): SQSMessageAttributes {
  const attributes: SQSMessageAttributes = {};
  for (const [name, value] of Object.entries(MessageAttributes)) {
    attributes[name] = {
      dataType: (value.DataType ?? 'String') as 'String',
      ...(value.StringValue !== undefined && { stringValue: value.StringValue }),
      ...(value.BinaryValue && { binaryValue: Buffer.from(value.BinaryValue).toString('base64') }),
      stringListValues: [],
      binaryListValues: [],
    };
  }
  return attributes;
}
