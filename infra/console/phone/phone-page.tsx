import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { admin } from '../api/admin.ts';
import { Refused } from '../api/call.ts';
import { say } from '../words/translate.ts';

/** The first page: which channels are there to talk to. */
export function PhonePage() {
  const titles = useSignal<string[] | null>(null);
  const fault = useSignal('');
  useEffect(() => {
    admin.listChannels().then(
      ({ body }) => {
        titles.value = body.channels.map(({ title }) => title);
      },
      (error: unknown) => {
        if (!(error instanceof Refused)) throw error;
        fault.value = error.problem.detail;
      },
    );
  }, []);
  return (
    <section class="page">
      <h1>{say('nav.phone')}</h1>
      {fault.value && <p role="alert">{fault.value}</p>}
      {titles.value && <p>{say('phone.channels', { n: titles.value.length })}</p>}
      <ul>
        {titles.value?.map((title) => (
          <li key={title}>{title}</li>
        ))}
      </ul>
    </section>
  );
}
