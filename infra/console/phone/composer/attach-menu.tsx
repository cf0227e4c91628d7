import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { IconName } from '../../shell/icon.tsx';
import { Menu } from '../../shell/menu.tsx';
import { MenuItem } from '../../shell/menu-item.tsx';
import { say, type Word } from '../../words/translate.ts';
import { token } from '../phone-state.ts';
import { type FileKind, kindOf, playFile } from '../play.ts';
import { ContactDialog } from './contact-dialog.tsx';
import { LocationDialog } from './location-dialog.tsx';

type Choice = 'media' | 'document' | 'voice' | 'location' | 'contact';

const CHOICES: { choice: Choice; icon: IconName; word: Word }[] = [
  { choice: 'media', icon: 'picture', word: 'attach.media' },
  { choice: 'document', icon: 'file', word: 'attach.document' },
  { choice: 'voice', icon: 'mic', word: 'attach.voice' },
  { choice: 'location', icon: 'pin', word: 'attach.location' },
  { choice: 'contact', icon: 'person', word: 'attach.contact' },
];
const ACCEPT: Partial<Record<Choice, string>> = {
  media: 'image/*,video/*,audio/*',
  voice: 'audio/*',
};

/** The paper clip: files as they are or as a voice note, a place, a contact. */
export function AttachMenu() {
  const dialog = useSignal<Choice | null>(null);
  const wanted = useSignal<Choice>('media');
  const picker = useRef<HTMLInputElement>(null);
  const choose = (choice: Choice) => {
    if (choice === 'location' || choice === 'contact') {
      dialog.value = choice;
      return;
    }
    wanted.value = choice;
    const input = picker.current;
    if (!input) return;
    input.accept = ACCEPT[choice] ?? '';
    input.click();
  };
  const send = async (file: File | undefined) => {
    if (!file) return;
    const kinds: Partial<Record<Choice, FileKind>> = { voice: 'voice', document: 'document' };
    await playFile(file, kinds[wanted.value] ?? kindOf(file));
    if (picker.current) picker.current.value = '';
  };
  const close = () => {
    dialog.value = null;
  };
  return (
    <>
      <Menu icon="attach" name={say('attach.title')} place="above" disabled={token.value === null}>
        {(act) =>
          CHOICES.map(({ choice, icon, word }) => (
            <MenuItem key={choice} icon={icon} onClick={act(() => choose(choice))}>
              {say(word)}
            </MenuItem>
          ))
        }
      </Menu>
      <input
        ref={picker}
        type="file"
        class="unseen"
        tabIndex={-1}
        aria-label={say('attach.file')}
        onChange={(event) => void send(event.currentTarget.files?.[0])}
      />
      {dialog.value === 'location' && <LocationDialog onClose={close} />}
      {dialog.value === 'contact' && <ContactDialog onClose={close} />}
    </>
  );
}
