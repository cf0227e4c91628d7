import type { SQSRecord } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { fails, openJobStage, record, type Story, waits } from './job-stage.ts';

const { run, letters } = openJobStage();

describe('a job whose function dies without a word', () => {
  /** Runs a batch; null: the function died in the story of a deadly job, and nothing after it happened. */
  const mayDie = (records: SQSRecord[], isDeadly = (_: unknown) => true) =>
    new Promise<Awaited<ReturnType<typeof run>> | null>((end) => {
      void run(records, (job) => {
        if (!isDeadly(job)) return Promise.resolve('done');
        end(null);
        return new Promise(() => {});
      }).then(end);
    });

  test('is given up after five such deaths, from the twentieth receive on', async () => {
    const channel_id = 'ch_deadly';
    const at = (receives: number) => record('deadly', { channel_id }, { receives });
    for (let receives = 1; receives <= 24; receives++) await mayDie([at(receives)]);
    expect(await letters(channel_id)).toEqual([]);
    let begun = 0;
    const story: Story = async () => {
      begun += 1;
      return 'done';
    };
    expect((await run([at(25)], story)).again).toEqual([]);
    expect(begun).toBe(0);
    expect(await letters(channel_id)).toMatchObject([{ code: 'job-abandoned' }]);
  });

  test('is never mistaken for one that waits, fails, or is received while no function is free', async () => {
    const channel_id = 'ch_patient';
    const at = (receives: number) => record('patient', { channel_id }, { receives });
    for (let receives = 20; receives < 200; receives += 7) {
      expect((await run([at(receives)], waits)).again).toEqual(['patient']);
    }
    for (let receives = 200; receives < 220; receives++) {
      await run([at(receives)], fails(new Error('a bug')));
    }
    // A death now and then does not add up either.
    for (let receives = 300; receives < 320; receives += 2) {
      await mayDie([at(receives)]);
      await run([at(receives + 1)], waits);
    }
    expect(await run([at(999)], async () => 'done')).toEqual({ again: [], waits: [] });
    expect(await letters(channel_id)).toEqual([]);
  });

  test('takes no other job of its batch with it', async () => {
    const channel_id = 'ch_batch';
    const isDeadly = (job: unknown) => (job as { id: string }).id === 'deadly';
    let pending = ['deadly', 'fine-1', 'fine-2'];
    for (let receives = 20; pending.length > 0 && receives < 60; receives++) {
      // SQS hands them over in any order.
      pending = [...pending.slice(1), ...pending.slice(0, 1)];
      const ids = pending.map((id) => (id === 'deadly' ? id : `${id}-of-its-batch`));
      const records = ids.map((id) => record(id, { channel_id, id }, { receives }));
      const end = await mayDie(records, isDeadly);
      if (end) pending = pending.filter((_, at) => end.again.includes(ids[at] ?? ''));
    }
    expect(pending).toEqual([]);
    expect(await letters(channel_id)).toMatchObject([
      { code: 'job-abandoned', job: JSON.stringify({ channel_id, id: 'deadly' }) },
    ]);
  });
});
