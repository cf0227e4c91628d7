import type { ChatContact, ChatPlace } from '../../../local/dialog360/chat/chat-line.ts';
import { Icon } from '../../shell/icon.tsx';
import { language } from '../../shell/preferences.ts';

/** A location: a drawn pin, because a map would be a call to a server on the internet. */
export function Place({ place: { latitude, longitude, name, address } }: { place: ChatPlace }) {
  const coordinates = [latitude, longitude]
    .map((value) => value.toLocaleString(language.value, { maximumFractionDigits: 5 }))
    .join('; ');
  return (
    <div class="place">
      <div class="map">
        <Icon name="pin" size={30} />
      </div>
      {name && <strong>{name}</strong>}
      {address && <span>{address}</span>}
      <small>{coordinates}</small>
    </div>
  );
}

/** Cards of people. */
export const Contacts = ({ contacts }: { contacts: ChatContact[] }) => (
  <ul class="contacts">
    {contacts.map(({ name, phones, emails, organization }) => (
      <li key={`${name} ${phones.join()}`}>
        <span class="avatar small" aria-hidden="true">
          {name.slice(0, 1)}
        </span>
        <span>
          <strong>{name}</strong>
          <small>{[organization, ...phones, ...emails].filter(Boolean).join(' · ')}</small>
        </span>
      </li>
    ))}
  </ul>
);
