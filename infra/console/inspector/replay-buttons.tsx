import { useSignal } from '@preact/signals';
import { readJson } from '../../../shared/kernel/read-json.ts';
import type { Exchange } from '../../local/inspector/trail.ts';
import { Refused } from '../api/call.ts';
import { Dialog } from '../shell/dialog.tsx';
import { Icon } from '../shell/icon.tsx';
import { say } from '../words/translate.ts';
import { replay } from './replay.ts';

/** Below a request to the webhook: once more as it was, or changed. */
export function ReplayButtons({ exchange }: { exchange: Exchange }) {
  const isOpen = useSignal(false);
  const fault = useSignal('');
  const post = async (body: unknown, isRepeat: boolean): Promise<boolean> => {
    try {
      await replay({ ...exchange, body }, { isRepeat });
      fault.value = '';
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      fault.value = error.problem.detail;
      return false;
    }
  };
  return (
    <>
      <button type="button" class="copy" onClick={() => void post(exchange.body, false)}>
        <Icon name="replay" size={14} />
        {say('replay.again')}
      </button>
      <button type="button" class="copy" onClick={() => void post(exchange.body, true)}>
        <Icon name="replay" size={14} />
        {say('replay.repeat')}
      </button>
      <button
        type="button"
        class="copy"
        onClick={() => {
          isOpen.value = true;
        }}
      >
        <Icon name="edit" size={14} />
        {say('replay.edit')}
      </button>
      {fault.value && !isOpen.value && (
        <p class="fault" role="alert">
          {fault.value}
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
            onSubmit={async (event) => {
              event.preventDefault();
              const body = readJson(String(new FormData(event.currentTarget).get('body')));
              if (body === undefined) fault.value = say('replay.no-json');
              else if (await post(body, false)) isOpen.value = false;
            }}
          >
            <label>
              {say('replay.body')}
              <textarea class="input" name="body" rows={18} spellcheck={false}>
                {JSON.stringify(exchange.body, null, 2)}
              </textarea>
            </label>
            {fault.value && (
              <p class="fault" role="alert">
                {fault.value}
              </p>
            )}
            <button type="submit" class="button primary">
              {say('replay.send')}
            </button>
          </form>
        </Dialog>
      )}
    </>
  );
}
