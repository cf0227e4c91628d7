/** A byte or two of a picture: the smallest PNG there is. */
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

const from = '+49 170 0000001';

/** An example of each thing a visitor can do, which runs as it is. */
export const EXAMPLES = {
  text: { from, name: 'Anna', text: 'Hello' },
  file: { from, file: { data: PICTURE, name: 'photo.png', caption: 'Look' } },
  location: { from, location: { latitude: 52.5186, longitude: 13.3762, name: 'Reichstag' } },
  contacts: { from, contacts: [{ name: 'Ivan Petrov', phones: ['+49 171 0000002'] }] },
  tap: { from, tap: 'Yes' },
  form: { from, form: { day: 'Monday', time: '10:30' } },
  reaction: { from, reaction: { to: 'last', emoji: '👍' } },
  edit: { from, edit: { to: 'last', text: 'Hello again' } },
  revoke: { from, revoke: { to: 'last' } },
  welcome: { from, welcome: true },
  unsupported: { from, unsupported: 'poll' },
};

/** An example of what can become of the next message of the business. */
export const OUTCOME_EXAMPLE = { to: from, outcome: 'no-whatsapp' };
