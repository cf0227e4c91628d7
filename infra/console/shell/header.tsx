import { say } from '../words/translate.ts';
import { Icon } from './icon.tsx';
import type { NavEntry } from './page.ts';
import { place } from './place.ts';
import { language, theme } from './preferences.ts';
import { followLink } from './router.ts';

const THEMES = { system: 'dark', dark: 'light', light: 'system' } as const;
const THEME_ICONS = { system: 'contrast', dark: 'moon', light: 'sun' } as const;

interface HeaderProps {
  /** The entry of the page that is open. */
  current: string | null;
  navigation: NavEntry[];
}

export function Header({ current, navigation }: HeaderProps) {
  return (
    <header class="header">
      <a class="brand" href="/" onClick={followLink}>
        <img src="/console/icon.svg" alt="" width="28" height="28" />
        <span>{say('app.name')}</span>
      </a>
      <PlaceName />
      <nav class="nav" aria-label={say('nav.label')}>
        {navigation.map(({ path, word }) => (
          <a
            key={path}
            href={path}
            onClick={followLink}
            aria-current={path === current ? 'page' : undefined}
          >
            {say(word)}
          </a>
        ))}
      </nav>
      <div class="preferences">
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
    </header>
  );
}

/** Which deployed stack is looked at: two of them look alike. */
function PlaceName() {
  if (place.value.kind === 'local') return null;
  const { name, region } = place.value;
  return <span class="chip info at-stack">{[name, region].filter(Boolean).join(' · ')}</span>;
}

const LanguageSwitch = () => (
  <fieldset class="switch">
    <legend class="unseen">{say('language.label')}</legend>
    {(['en', 'ru'] as const).map((code) => (
      <label key={code}>
        <input
          type="radio"
          name="language"
          class="unseen"
          checked={language.value === code}
          onChange={() => {
            language.value = code;
          }}
        />
        <span lang={code}>{code.toUpperCase()}</span>
      </label>
    ))}
  </fieldset>
);

function ThemeSwitch() {
  const name = `${say('theme.label')}: ${say(`theme.${theme.value}`)}`;
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={name}
      title={name}
      onClick={() => {
        theme.value = THEMES[theme.value];
      }}
    >
      <Icon name={THEME_ICONS[theme.value]} />
    </button>
  );
}
