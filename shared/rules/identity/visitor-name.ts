/**
 * What the group of one visitor in `inbound.fifo` is named after: what they say, and what the agent is
 * asked about them, is worked on in order. The BSUID first: it stays when the phone is withheld.
 */
export const visitorName = ({
  bsuid,
  phone,
}: {
  bsuid: string | null;
  phone: string | null;
}): string => bsuid ?? phone ?? '';
