import { shownPerson, visitors } from '../phone/visitors.ts';
import { say } from '../words/translate.ts';

interface PhoneVisitorsProps {
  isBusy: boolean;
  onChoose: (person: string) => void;
}

/** The visitors one can be on the phone page, to be found at a press. */
export const PhoneVisitors = ({ isBusy, onChoose }: PhoneVisitorsProps) => (
  <div class="people">
    <span class="field-name">{say('chats.visitors')}</span>
    {visitors.value.map(({ person, name }) => (
      <button
        key={person}
        type="button"
        class="button small"
        title={shownPerson(person)}
        disabled={isBusy}
        onClick={() => onChoose(person)}
      >
        {name}
      </button>
    ))}
  </div>
);
