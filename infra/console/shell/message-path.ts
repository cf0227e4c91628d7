/** The address of a message: it shows the chat it is in, and its way. */
export const messagePath = (id: string): string => `/messages/${encodeURIComponent(id)}`;

/** Whether the page with this path is the one with the phone. */
export const isOfPhone = (path: string): boolean => path === '/' || path.startsWith('/messages/');
