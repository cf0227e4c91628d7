import type { ChannelView } from '../../../shared/contract/channel-answer.ts';
import { GIVEN_UP } from '../../../shared/rules/dead-letter/why-given-up.ts';
import type { LetterFilter } from '../api/dead-letters.ts';
import { goTo } from '../shell/router.ts';
import { say } from '../words/translate.ts';
import { lettersPath } from './letter-path.ts';

/** How the endpoint names those of which not even the channel could be read (docs/contract.md#dead-letters). */
const NO_CHANNEL = 'unknown';

interface LetterFiltersProps {
  filter: LetterFilter;
  channels: ChannelView[];
}

/** Which letters are shown. The choice stands in the address. */
export function LetterFilters({ filter, channels }: LetterFiltersProps) {
  const { channelId, code } = filter;
  const isStrange =
    channelId !== null && channelId !== NO_CHANNEL && channels.every(({ id }) => id !== channelId);
  const codes = Object.keys(GIVEN_UP);
  const choose = (change: Partial<LetterFilter>) =>
    goTo(lettersPath({ ...filter, ...change }), { replace: true });
  return (
    <div class="filters">
      <div class="field">
        <label class="field-name" for="filter-channel">
          {say('letters.filter.channel')}
        </label>
        <select
          id="filter-channel"
          class="select"
          value={channelId ?? ''}
          onChange={({ currentTarget }) => choose({ channelId: currentTarget.value || null })}
        >
          <option value="">{say('letters.filter.every-channel')}</option>
          {channels.map(({ id, title }) => (
            <option key={id} value={id}>
              {title} ({id.slice(-6)})
            </option>
          ))}
          {isStrange && <option value={channelId}>{channelId}</option>}
          <option value={NO_CHANNEL}>{say('letters.filter.no-channel')}</option>
        </select>
      </div>
      <div class="field">
        <label class="field-name" for="filter-code">
          {say('letters.filter.code')}
        </label>
        <select
          id="filter-code"
          class="select"
          value={code ?? ''}
          onChange={({ currentTarget }) => choose({ code: currentTarget.value || null })}
        >
          <option value="">{say('letters.filter.every-code')}</option>
          {codes.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
          {code !== null && !codes.includes(code) && <option value={code}>{code}</option>}
        </select>
      </div>
    </div>
  );
}
