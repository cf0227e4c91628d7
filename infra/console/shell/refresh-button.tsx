import { say } from '../words/translate.ts';
import { Icon } from './icon.tsx';
import type { Reading } from './reading.ts';

/** Reads what the page shows once more. */
export const RefreshButton = ({ reading }: { reading: Pick<Reading<unknown>, 'look'> }) => (
  <button type="button" class="button small" onClick={() => void reading.look()}>
    <Icon name="refresh" size={16} /> {say('chat.refresh')}
  </button>
);
