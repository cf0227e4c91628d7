import type { SQSRecord } from 'aws-lambda';

/** What SQS says of the job in hand. */
export interface Receipt {
  /** How often it has been received, this time included: mere waiting counts. */
  receives: number;
  /** When it was received for the first time, epoch milliseconds. */
  firstReceivedAt: number;
  /** When it was queued, epoch milliseconds. */
  sentAt: number;
}

export const receiptOf = ({ attributes }: SQSRecord): Receipt => ({
  receives: Number(attributes.ApproximateReceiveCount),
  firstReceivedAt: Number(attributes.ApproximateFirstReceiveTimestamp),
  sentAt: Number(attributes.SentTimestamp),
});
