import { useSignal } from '@preact/signals';
import { readJson } from '../../../shared/kernel/read-json.ts';
import type { Exchange } from '../../local/inspector/trail.ts';
import { useAsking } from '../shell/asking.ts';
import { Dialog } from '../shell/dialog.tsx';
import { Icon } from '../shell/icon.tsx';
import { say } from '../words/translate.ts';
import { replay } from './replay.ts';

/** Below a request to the webhook: once more as it was, or changed. */
export function ReplayButtons({ exchange }: { exchange: Exchange }) {
  const isOpen = useSignal(false);
  const isNoJson = useSignal(false);
  const { busy, problem, ask } = useAsking();
  const post = (body: unknown, isRepeat: boolean) => {
    isNoJson.value = body === undefined;
    if (isNoJson.value) return;
    return ask('replay', async (go) => {
      await replay({ ...exchange, body }, { isRepeat, go });
      isOpen.value = false;
    });
  };
  const fault = isNoJson.value ? say('replay.no-json') : problem.value?.detail;
  const isBusy = busy.value !== null;
  return (
    <>
      <button
        type="button"
        class="copy"
        disabled={isBusy}
        onClick={() => void post(exchange.body, false)}
      >
        <Icon name="replay" size={14} />
        {say('replay.again')}
      </button>
      <button
        type="button"
        class="copy"
        disabled={isBusy}
        onClick={() => void post(exchange.body, true)}
      >
        <Icon name="replay" size={14} />
        {say('replay.repeat')}
      </button>
      <button
        type="button"
        class="copy"
        onClick={() => {
          isNoJson.value = false;
          isOpen.value = true;
        }}
      >
        <Icon name="edit" size={14} />
        {say('replay.edit')}
      </button>
      {fault && !isOpen.value && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      {isOpen.value && (
        <Dialog
          title={say('replay.edit')}
          onClose={() => {
            isOpen.value = false;
          }}
        >
          <form
            class="fields wide"
            onSubmit={(event) => {
              event.preventDefault();
              void post(readJson(String(new FormData(event.currentTarget).get('body'))), false);
            }}
          >
            <label>
              {say('replay.body')}
              <textarea class="input" name="body" rows={18} spellcheck={false}>
                {JSON.stringify(exchange.body, null, 2)}
              </textarea>
            </label>
            {fault && (
              <p class="fault" role="alert">
                {fault}
              </p>
            )}
            <button type="submit" class="button primary" disabled={isBusy}>
              {say('replay.send')}
            </button>
          </form>
        </Dialog>
      )}
    </>
  );
}
