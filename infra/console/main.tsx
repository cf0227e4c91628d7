import { render } from 'preact';
import { App } from './shell/app.tsx';
import { applyPreferences } from './shell/preferences.ts';
import { NAVIGATION, PAGES } from './shell/routes.tsx';

applyPreferences();
const place = document.getElementById('app');
if (place) render(<App pages={PAGES} navigation={NAVIGATION} />, place);
