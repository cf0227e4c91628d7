import type { DegradeCode } from '../../../shared/contract/delivery.ts';

/** What had to be changed for a reply to go, as the developer of an agent reads it. */
export const DEGRADED_WORDS: Record<DegradeCode, string> = {
  'label-cut': 'a label was too long for its button and was cut; it stands in full in the text',
  'labels-too-long': 'the labels did not fit buttons or a list, so the menu went as numbered text',
  'media-as-link':
    'the file went as a text with its link. WhatsApp fetches files over https only, and what is no picture, sound or video of its kinds goes as "kind": "file"; with "send_as": "file" it is fetched and sent from here',
  'media-as-document': 'the file’s type or size does not allow its kind, so it went as a document',
  'button-as-text': 'WhatsApp’s button does not open this address, so it went as text',
  'caption-moved': 'the rest of a caption followed as text',
  'parameter-whitespace': 'line breaks or long blanks in a template’s parameter became one blank',
  'text-split': 'the text went as several messages',
};
