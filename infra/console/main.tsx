import { render } from 'preact';
import { App } from './shell/app.tsx';
import { applyPreferences } from './shell/preferences.ts';

applyPreferences();
const place = document.getElementById('app');
if (place) render(<App />, place);
