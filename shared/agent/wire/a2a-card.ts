import { isFields } from '../../kernel/is-fields.ts';

export interface Service {
  url: string;
  version: '1.0' | '0.3';
}

/** The JSON-RPC service that an agent card names: 1.0 where it has both. Null: none. */
export function serviceIn(card: unknown, cardUrl: string): Service | null {
  if (!isFields(card)) return null;
  const { supportedInterfaces, url, preferredTransport = 'JSONRPC', additionalInterfaces } = card;
  const interfaces = Array.isArray(supportedInterfaces) ? supportedInterfaces.filter(isFields) : [];
  const spoken = interfaces.filter(({ protocolBinding }) => protocolBinding === 'JSONRPC');
  const newest = spoken.find(({ protocolVersion }) => startsWith(protocolVersion, '1.'));
  const older = newest ?? spoken.find(({ protocolVersion }) => startsWith(protocolVersion, '0.'));
  if (older) return serviceAt(older.url, newest ? '1.0' : '0.3', cardUrl);
  // A card of 0.3 names its one address at the top, and others beside it.
  if (preferredTransport === 'JSONRPC') return serviceAt(url, '0.3', cardUrl);
  const others = Array.isArray(additionalInterfaces) ? additionalInterfaces.filter(isFields) : [];
  const other = others.find(({ transport }) => transport === 'JSONRPC');
  return serviceAt(other?.url, '0.3', cardUrl);
}

const startsWith = (value: unknown, start: string) =>
  typeof value === 'string' && value.startsWith(start);

function serviceAt(url: unknown, version: Service['version'], cardUrl: string): Service | null {
  const address = typeof url === 'string' ? URL.parse(url, cardUrl) : null;
  return address && { url: address.href, version };
}
