/**
 * Which messages of a batch a function reports as failed. Nothing, or an empty list, is success; an
 * unknown or empty id, or a malformed list, fails the whole batch
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html, read 2026-11-23).
 */
export function failedItems(answer: unknown, messageIds: string[]): Set<string> {
  const failures = isObject(answer) ? answer.batchItemFailures : undefined;
  if (failures === undefined || failures === null) return new Set();
  if (!Array.isArray(failures)) return new Set(messageIds);
  const ids = failures.map((item: unknown) => (isObject(item) ? item.itemIdentifier : undefined));
  const known = ids.every((id) => typeof id === 'string' && messageIds.includes(id));
  return new Set(known ? (ids as string[]) : messageIds);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
