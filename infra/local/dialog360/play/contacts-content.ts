import type { Play } from './play-schema.ts';
import type { Scene, VisitorMessage } from './visitor-message.ts';

/** Contact cards, as each payload version has them. */
export function contactsContent(
  contacts: NonNullable<Play['contacts']>,
  _scene: Scene,
  { payload }: Pick<Play, 'payload'>,
): VisitorMessage {
  const cards = contacts.map(({ name, phones, emails, organization }) => {
    const [first_name = name, ...others] = name.split(' ');
    const last_name = others.join(' ');
    const vcard = `BEGIN:VCARD\nVERSION:3.0\nFN:${name}\nEND:VCARD`;
    return {
      ...(payload === 'v1' && { addresses: [], ims: [], urls: [] }),
      name: { formatted_name: name, first_name, ...(last_name && { last_name }) },
      phones: phones.map((phone) => ({ phone, wa_id: phone.replace(/\D/g, ''), type: 'CELL' })),
      emails: emails.map((email) => ({ email, type: 'WORK' })),
      org: organization ? { company: organization } : {},
      ...(payload === 'v2' && { origin: 'other', vcard }),
    };
  });
  return {
    content: { type: 'contacts', contacts: cards },
    line: {
      type: 'contacts',
      text: contacts.map(({ name }) => name).join(', '),
      contacts: contacts.map(({ organization, ...contact }) => ({
        ...contact,
        ...(organization && { organization }),
      })),
    },
    words: `sent ${contacts.length === 1 ? 'a contact' : `${contacts.length} contacts`}`,
  };
}
