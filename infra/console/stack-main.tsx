// The console of a deployed stack, as `npm run console` serves it: without the phone, which is of this machine
// alone.
import { render } from 'preact';
import { call } from './api/call.ts';
import { ChannelListPage } from './channels/channel-list-page.tsx';
import { App } from './shell/app.tsx';
import { LOOKING_AFTER, LOOKING_AFTER_NAV } from './shell/looking-after.tsx';
import { place } from './shell/place.ts';
import { applyPreferences } from './shell/preferences.ts';

const { body } = await call<{ name: string; region: string }>('GET', '/console/place.json');
place.value = { kind: 'stack', ...body };
applyPreferences();
const pages = [{ pattern: '/', show: ChannelListPage, nav: '/channels' }, ...LOOKING_AFTER];
const root = document.getElementById('app');
if (root) render(<App pages={pages} navigation={LOOKING_AFTER_NAV} />, root);
