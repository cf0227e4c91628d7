import { afterAll, beforeAll, expect, test } from 'vitest';
import { EVERY_STATUS, type Journey, startJourney } from '../support/journey.ts';
import { holdFile, PROVIDER_KEY, someBytes } from '../support/journey-files.ts';
import { meetVisitor } from '../support/journey-visitor.ts';
import { tap } from '../support/kind-journey.ts';
import { openRecipes, type Recipes } from '../support/recipe.ts';
import { until } from '../support/runtime-until.ts';

let journey: Journey;
let recipes: Recipes;
beforeAll(async () => {
  journey = await startJourney({ statuses: EVERY_STATUS });
  recipes = openRecipes(journey);
});
afterAll(async () => {
  recipes?.stop();
  await journey?.stop();
});

/** A visitor says these things one after the other, each when everything before it is over. */
async function conversation(...words: (string | Record<string, unknown>)[]) {
  const visitor = meetVisitor(journey);
  for (const said of words) {
    await visitor.says(said);
    await journey.runtime.idle();
  }
  return visitor;
}

test('every program of the page has its test here', () => {
  const tried = ['buttons', 'picture', 'later', 'notify', 'results', 'operator'];
  expect(recipes.names).toEqual(['agent', ...tried].map((name) => `${name}.mjs`));
});

test('buttons: a tap and a typed label are answered with what the button means', async () => {
  await recipes.start('buttons.mjs');
  const visitor = await conversation('Hello', tap('s', 'Small'));
  const [shown] = visitor.bodies();
  expect(shown).toMatchObject({
    interactive: {
      body: { text: 'Which size?' },
      action: { buttons: [{ reply: { id: 's', title: 'Small' } }, { reply: { id: 'l' } }] },
    },
  });
  expect(visitor.texts().slice(1)).toEqual(['A small one, then.']);
  expect((await conversation('Hello', 'large')).texts().slice(1)).toEqual(['A large one, then.']);
});

test('a picture: one goes out with its caption, and one that comes in is fetched', async () => {
  await recipes.start('picture.mjs');
  const bytes = someBytes(4_711);
  const id = holdFile(journey, PROVIDER_KEY, { mimeType: 'image/jpeg', bytes });
  const image = { id, mime_type: 'image/jpeg' };
  const visitor = await conversation('Where are you?', { type: 'image', image });
  expect(visitor.bodies()).toMatchObject([
    { image: { link: 'https://pictures.example/map.png', caption: 'The way to us' } },
    { text: { body: 'Thank you for 4711 bytes of image/jpeg.' } },
  ]);
});

test('writing later: the turn ends with 202, and the words arrive by the endpoint, once', async () => {
  await recipes.start('later.mjs');
  const visitor = await conversation('Look it up');
  await until(() => visitor.texts().length > 0, { what: 'the later answer' });
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['I have looked: 10 letters.']);
});

test('a notification reaches somebody who never wrote, and the agent hears of its result', async () => {
  await recipes.start('results.mjs');
  const visitor = meetVisitor(journey);
  expect(await recipes.run('notify.mjs', journey.channel.id, visitor.phone, '4711')).toBe(0);
  await until(() => recipes.printed().includes('order 4711: success'), { what: 'the result' });
  await journey.runtime.idle();
  expect(visitor.bodies()).toMatchObject([{ type: 'template', template: { name: 'order_ready' } }]);
  expect(await recipes.run('notify.mjs', journey.channel.id, visitor.phone, '4711')).toBe(0);
  await journey.runtime.idle();
  expect(visitor.bodies()).toHaveLength(1);

  await visitor.says('Yes');
  await journey.runtime.idle();
  expect(visitor.texts().slice(1)).toEqual(['Shall we deliver it? Just answer.']);
});

test('an operator: the agent pauses itself, says so, and is silent until a person has answered', async () => {
  await recipes.start('operator.mjs');
  const visitor = await conversation('Hello', 'A person, please');
  await until(() => recipes.printed().includes('a person is wanted in chat'), { what: 'the wish' });
  await journey.runtime.idle();
  expect(visitor.texts()).toEqual(['You said: Hello', 'I fetch somebody.']);
  await visitor.says('Are you there?');
  await journey.runtime.idle();
  expect(visitor.texts()).toHaveLength(2);
  expect((await conversation('Bye')).texts()).toEqual(['Bye!']);
});
