import { Dialog } from '../../shell/dialog.tsx';
import { say } from '../../words/translate.ts';
import { play } from '../play.ts';

/** The dialog in which the visitor fills in a contact card and sends it. */
export const ContactDialog = ({ onClose }: { onClose: () => void }) => (
  <Dialog title={say('attach.contact')} onClose={onClose}>
    <form
      class="fields"
      onSubmit={(event) => {
        event.preventDefault();
        const given = new FormData(event.currentTarget);
        const phone = String(given.get('phone'));
        onClose();
        void play({
          contacts: [{ name: String(given.get('name')), phones: phone ? [phone] : [] }],
        });
      }}
    >
      <label>
        {say('contact.name')}
        <input class="input" name="name" value="Ivan Petrov" required />
      </label>
      <label>
        {say('contact.phone')}
        <input class="input" name="phone" type="tel" value="+49 171 0000002" />
      </label>
      <button type="submit" class="button primary">
        {say('composer.send')}
      </button>
    </form>
  </Dialog>
);
