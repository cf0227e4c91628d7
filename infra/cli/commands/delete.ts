import { askPerson } from '../ask-person.ts';
import { command } from '../command.ts';
import { wrongUsage } from '../outcome.ts';

export const deleteChannel = command({
  name: 'delete',
  does: 'deletes a channel that is not active, with its secrets',
  takes: ['channel'],
  options: {
    yes: { type: 'boolean', says: 'do not ask whether you are sure' },
    'if-version': { type: 'string', value: 'N', says: 'only if this is still its version' },
  },
  notes: [
    'For eight days 360dialog is still answered 200 at its old address.',
    'What it knew of its visitors is erased in the minutes that follow: show says so until that is over.',
  ],
  examples: ['delete ch_0123456789abcdef0123', 'delete ch_0123456789abcdef0123 --yes --json'],
  run: async ({ given: [channel = ''], values, terminal, ask }) => {
    if (!values.yes) {
      if (!terminal.stdin.isTTY) return wrongUsage('There is no terminal to ask at: add --yes');
      const said = await askPerson(terminal, `Delete ${channel} for good? Type yes: `);
      if (said?.trim().toLowerCase() !== 'yes') return { kind: 'interrupted' };
    }
    const answer = await ask({
      method: 'DELETE',
      path: `/${encodeURIComponent(channel)}`,
      ifMatch: values['if-version'],
    });
    if (answer.kind !== 'answered') return answer;
    return {
      kind: 'done',
      json: { deleted: channel },
      text: `${channel} is deleted. What it knew of its visitors is being erased; show says so until that is over.`,
    };
  },
});
