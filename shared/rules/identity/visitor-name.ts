/**
 * What the group of one visitor in `inbound.fifo` is named after: what the visitor says, and what the
 * agent is asked about the visitor, is worked on in order. The BSUID comes first, because it stays
 * when the phone is withheld; '' when neither is known.
 */
export const visitorName = ({
  bsuid,
  phone,
}: {
  bsuid: string | null;
  phone: string | null;
}): string => bsuid ?? phone ?? '';
