import { expect, test } from 'vitest';
import { json } from '../../../infra/local/http/serve.ts';
import { openStage } from './stage.ts';

const stage = openStage();

/** What the doctor finds of a channel with these options, by code. */
async function check(options: Record<string, unknown>) {
  const { id } = (await stage.create({ options })).body.channel;
  const { body } = await stage.send(`POST /admin/channels/${id}/check`);
  return Object.fromEntries((body.findings ?? []).map((finding) => [finding.code, finding]));
}

test('a fallback template that is filled too little is named with both counts', async () => {
  const components = [{ type: 'BODY', text: 'Parcel {{1}} is at {{2}}.' }];
  const parcel = { name: 'parcel', language: 'en' };
  stage.provider.behave(({ path }) =>
    path.includes('templates')
      ? json(200, { data: [{ ...parcel, status: 'APPROVED', components }] })
      : null,
  );
  const found = async (fallback: object) => {
    const options = { if_window_closed: 'template', fallback_template: { ...parcel, ...fallback } };
    const findings = await check(options);
    return findings['fallback-template-parameters']?.detail;
  };
  expect(await found({ parameters: ['4711'] })).toMatch(
    /^The body of parcel in en wants 2 parameters \(1, 2\), and options.fallback_template has 1 parameter \(1\): WhatsApp refuses it/,
  );
  expect(await found({})).toMatch(/options.fallback_template has no parameter:/);
  expect(await found({ parameters: ['4711', 'the shop'] })).toBeUndefined();
});

// biome-ignore format: a table reads by column
const fallbacks = [
  { what: 'in other languages', fallback: { name: 'order_ready', language: 'en' }, says: /There is order_ready in pt_BR \(APPROVED\), de \(PENDING\)\./ },
  { what: 'by a slip',          fallback: { name: 'order_redy', language: 'pt-BR' }, says: /called order_redy in pt_BR.* There is order_ready\./ },
  { what: 'nowhere',            fallback: { name: 'x', language: 'en' },           says: /nothing goes\.$/ },
];

test.each(fallbacks)('an unknown fallback template is named with what there is: $what', async ({
  fallback,
  says,
}) => {
  stage.provider.behave(({ path }) =>
    path.includes('templates')
      ? json(200, {
          data: [
            { name: 'order_ready', language: 'pt_BR', status: 'APPROVED' },
            { name: 'order_ready', language: 'de', status: 'PENDING' },
          ],
        })
      : null,
  );
  const options = { if_window_closed: 'template', fallback_template: fallback };
  const findings = await check(options);
  expect(findings['fallback-template-unknown']?.detail).toMatch(says);
});
