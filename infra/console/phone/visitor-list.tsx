import { Icon } from '../shell/icon.tsx';
import { goTo } from '../shell/router.ts';
import { say } from '../words/translate.ts';
import { become, person } from './phone-state.ts';
import { isBsuid, newVisitor, shownPerson, type Visitor, visitors } from './visitors.ts';

/** Whose phone it is. */
export function VisitorList() {
  const show = (visitor: Visitor) => {
    become(visitor);
    goTo('/');
  };
  return (
    <section class="card visitors" aria-labelledby="visitors-title">
      <h2 id="visitors-title">{say('visitors.title')}</h2>
      <ul>
        {visitors.value.map((visitor) => (
          <li key={visitor.person}>
            <button
              type="button"
              aria-current={visitor.person === person.value ? 'true' : undefined}
              onClick={() => show(visitor)}
            >
              <span class="avatar small" aria-hidden="true">
                {visitor.name.slice(0, 1)}
              </span>
              <span>
                <strong>{visitor.name}</strong>
                <small>{shownPerson(visitor.person)}</small>
              </span>
              {isBsuid(visitor.person) && <span class="chip">BSUID</span>}
            </button>
          </li>
        ))}
      </ul>
      <div class="row">
        <button
          type="button"
          class="button small"
          onClick={() => show(newVisitor({ withPhone: true }))}
        >
          <Icon name="plus" size={16} />
          {say('visitors.new')}
        </button>
        <button
          type="button"
          class="button small"
          onClick={() => show(newVisitor({ withPhone: false }))}
        >
          <Icon name="plus" size={16} />
          {say('visitors.new-bsuid')}
        </button>
      </div>
    </section>
  );
}
