import type { SQSEvent } from 'aws-lambda';

/** Writes down what it received; what a job says to `do` it does the first time only. */
export async function handler({ Records }: SQSEvent) {
  for (const record of Records) console.log(JSON.stringify({ seen: record, pid: process.pid }));
  const jobs = Records.filter(({ attributes }) => attributes.ApproximateReceiveCount === '1').map(
    ({ body, messageId }) => ({ messageId, wish: JSON.parse(body).do as string | undefined }),
  );
  const wants = (wish: string) => jobs.filter((job) => job.wish === wish);
  if (wants('throw').length > 0) throw new Error('on purpose');
  if (wants('hang').length > 0) await new Promise(() => setInterval(() => {}, 1_000));
  const failed = wants('report').map(({ messageId }) => messageId);
  const unknown = wants('report-unknown').map(() => 'somebody-else');
  return { batchItemFailures: [...failed, ...unknown].map((id) => ({ itemIdentifier: id })) };
}
