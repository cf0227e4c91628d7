import { shownPerson, visitors } from '../phone/visitors.ts';
import { say } from '../words/translate.ts';

/** The visitors one can be on the phone page, to be found at a press. */
export const PhoneVisitors = ({ onChoose }: { onChoose: (person: string) => void }) => (
  <div class="people">
    <span class="field-name">{say('chats.visitors')}</span>
    {visitors.value.map(({ person, name }) => (
      <button
        key={person}
        type="button"
        class="button small"
        title={shownPerson(person)}
        onClick={() => onChoose(person)}
      >
        {name}
      </button>
    ))}
  </div>
);
