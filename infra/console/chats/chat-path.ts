const segment = encodeURIComponent;

/** The address of the page that finds a channel's chats. */
export const chatsPath = (channelId: string): string => `/channels/${segment(channelId)}/chats`;

/** The address of a chat; with a turn's id it shows that turn. */
export const chatPath = (channelId: string, chatId: string, eventId?: string | null): string =>
  `${chatsPath(channelId)}/${segment(chatId)}${eventId ? `/turns/${segment(eventId)}` : ''}`;

/** The address of what became of a reply. */
export const replyPath = (channelId: string, replyId: string): string =>
  `/channels/${segment(channelId)}/replies/${segment(replyId)}`;
