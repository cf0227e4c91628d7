import { optionsInputSchema } from '../../shared/contract/options-input.ts';
import { parse, read } from '../../shared/kernel/parse.ts';
import { FIELD_NOTES } from '../openapi/field-notes.ts';

/** What no option takes, so that its schema says what it does take. */
const NOTHING = Symbol('nothing');

/** Every option of a channel for the help: its name, what it does, what it takes, and its default. */
export const channelOptionRows = (): string[][] =>
  Object.entries(parse(optionsInputSchema, {})).map(([name, usual]) => {
    const note = FIELD_NOTES.ChannelInput?.[`options.${name}`] ?? '';
    const fault = read(optionsInputSchema, { [name]: NOTHING });
    const takes = fault.ok ? '' : (fault.errors[0]?.detail ?? '');
    const written = typeof usual === 'string' ? usual : JSON.stringify(usual);
    return [name, `${note.replaceAll('`', '')} It ${takes}; by default ${written}.`];
  });
