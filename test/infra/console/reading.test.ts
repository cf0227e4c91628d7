import { expect, test } from 'vitest';
import { Refused } from '../../../infra/console/api/call.ts';
import { readingOf } from '../../../infra/console/shell/reading.ts';

/** A reading whose answers come when, and in the order in which, the test gives them. */
function readingByHand() {
  const asked: PromiseWithResolvers<string>[] = [];
  const reading = readingOf(() => {
    const answer = Promise.withResolvers<string>();
    asked.push(answer);
    return answer.promise;
  });
  const looks: Promise<void>[] = [];
  return {
    ...reading,
    asked: () => asked.length,
    beginAgain: () => {
      looks.push(reading.lookAgain());
    },
    begin: (count: number) => {
      for (let nth = 0; nth < count; nth += 1) looks.push(reading.look());
    },
    answer: async (nth: number, words: string) => {
      asked[nth]?.resolve(words);
      await looks[nth];
    },
    refuse: async (nth: number) => {
      asked[nth]?.reject(new Refused({ status: 503, code: 'unavailable', detail: 'Later.' }));
      await looks[nth];
    },
  };
}

test('an older answer is shown until a newer one is there, and never covers it', async () => {
  const { found, begin, answer } = readingByHand();
  begin(3);
  await answer(0, 'first');
  expect(found.value).toBe('first');
  await answer(2, 'third');
  await answer(1, 'second');
  expect(found.value).toBe('third');
});

test('why the newest look failed is said until one succeeds, and what was there stays', async () => {
  const { found, problem, begin, answer, refuse } = readingByHand();
  begin(3);
  await answer(0, 'first');
  await refuse(1);
  expect([found.value, problem.value?.code]).toEqual(['first', 'unavailable']);
  await answer(2, 'third');
  expect([found.value, problem.value]).toEqual(['third', null]);
  begin(2);
  await answer(4, 'fifth');
  await refuse(3);
  expect([found.value, problem.value]).toEqual(['fifth', null]);
});

test('what is put or forgotten is newer than all that is on its way', async () => {
  const { found, begin, answer, put, forget } = readingByHand();
  begin(2);
  put('known');
  await answer(0, 'first');
  expect(found.value).toBe('known');
  forget();
  await answer(1, 'second');
  expect(found.value).toBe(null);
  begin(1);
  await answer(2, 'third');
  expect(found.value).toBe('third');
});

test('what goes on from something that is there no more is dropped', async () => {
  const { found, isGoingOn, begin, answer, goOn } = readingByHand();
  begin(2);
  await answer(0, 'a');
  const more = Promise.withResolvers<string>();
  const going = goOn(async (before) => before + (await more.promise));
  expect(isGoingOn.value).toBe(true);
  await answer(1, 'A');
  more.resolve('b');
  await going;
  expect([found.value, isGoingOn.value]).toEqual(['A', false]);
  await goOn(async (before) => `${before}B`);
  expect(found.value).toBe('AB');
});

test('what could not be read is read again, and never instead of what only could not go on', async () => {
  const { found, problem, begin, answer, refuse, goOn, look, beginAgain, asked } = readingByHand();
  begin(1);
  await refuse(0);
  beginAgain();
  expect(asked()).toBe(2);
  await answer(1, 'a');
  await goOn(async (before) => `${before}b`);
  const refused = new Refused({ status: 503, code: 'unavailable', detail: 'Later.' });
  await goOn(() => Promise.reject(refused));
  beginAgain();
  expect([asked(), found.value, problem.value?.code]).toEqual([2, 'ab', 'unavailable']);
  const looked = look();
  await refuse(2);
  await looked;
  beginAgain();
  expect(asked()).toBe(4);
});
