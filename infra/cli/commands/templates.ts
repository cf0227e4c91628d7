import { providerTemplateListSchema } from '../../../shared/contract/template-list.ts';
import { answerOf } from '../answer-of.ts';
import { command } from '../command.ts';
import { table } from '../table.ts';
import { templateNeeds } from '../template-needs.ts';

export const templates = command({
  name: 'templates',
  does: 'lists the templates of a channel’s number',
  takes: ['channel'],
  options: {},
  notes: [
    '--json prints them in the form of 360dialog’s GET /message_templates. Only approved ones can be sent.',
    'PARAMETERS: how many the body takes, by notify --parameter; a header and buttons are filled by components, of a reply of type template.',
  ],
  examples: ['templates ch_0123456789abcdef0123', 'templates ch_0123456789abcdef0123 --json'],
  run: async ({ given: [channel = ''], ask }) => {
    const path = `/${encodeURIComponent(channel)}/templates`;
    const listed = answerOf(await ask({ method: 'GET', path }), providerTemplateListSchema);
    if (!('answered' in listed)) return listed;
    const { data } = listed.answered;
    const text =
      data.length === 0
        ? 'The number has no templates, or its host lists none.'
        : table([
            ['TEMPLATE', 'LANGUAGE', 'STATUS', 'CATEGORY', 'PARAMETERS'],
            ...data.map(({ name, language, status, category = '', components }) => [
              name,
              language,
              status,
              category,
              templateNeeds(components),
            ]),
          ]);
    return { kind: 'done', json: listed.answered, text };
  },
});
