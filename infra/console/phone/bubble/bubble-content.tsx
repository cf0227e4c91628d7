import type { ChatLine } from '../../../local/dialog360/chat/chat-line.ts';
import { say } from '../../words/translate.ts';
import { FormattedText } from './formatted-text.tsx';
import { Media } from './media.tsx';
import { Contacts, Place } from './place.tsx';

/** What stands in a bubble above time and ticks. */
export function BubbleContent({ line }: { line: ChatLine }) {
  if (line.revoked_at) return <p class="text gone">{say('message.revoked')}</p>;
  const { media, caption, location, contacts, header, footer, template, type, text } = line;
  const words = media ? caption : location || contacts ? '' : text;
  return (
    <>
      {template && <p class="template-name">{say('message.template', { name: template.name })}</p>}
      {header?.media && <Media media={header.media} type="image" alt="" />}
      {header?.text && <p class="head">{header.text}</p>}
      {media && <Media media={media} type={type} alt={caption ?? ''} />}
      {location && <Place place={location} />}
      {contacts && <Contacts contacts={contacts} />}
      {words && <FormattedText text={words} />}
      {!(words || media || location || contacts || template) && (
        <p class="text gone">{say('message.other', { type })}</p>
      )}
      {footer && <p class="foot">{footer}</p>}
    </>
  );
}
