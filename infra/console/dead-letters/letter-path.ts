/** The address of a dead letter. */
export const letterPath = (id: string): string => `/dead-letters/${encodeURIComponent(id)}`;

/** The address of the list, with its filters. */
export function lettersPath({
  channelId,
  code,
}: {
  channelId: string | null;
  code: string | null;
}): string {
  const query = new URLSearchParams({
    ...(channelId !== null && { channel_id: channelId }),
    ...(code !== null && { code }),
  });
  return `/dead-letters${query.size > 0 ? `?${query}` : ''}`;
}
