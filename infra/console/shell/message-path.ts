/** The address of a message: it shows the chat it is in, and its way. */
export const messagePath = (id: string): string => `/messages/${encodeURIComponent(id)}`;
