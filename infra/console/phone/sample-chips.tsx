import { say } from '../words/translate.ts';
import { token } from './phone-state.ts';
import { play } from './play.ts';

const SAMPLES = ['sample.hello', 'sample.menu', 'sample.show'] as const;

/** In an empty chat: three things one can say. */
export const SampleChips = () => (
  <div class="samples">
    <p>{say('sample.title')}</p>
    {SAMPLES.map((word) => (
      <button
        key={word}
        type="button"
        class="sample"
        disabled={token.value === null}
        onClick={() => play({ text: say(word) })}
      >
        {say(word)}
      </button>
    ))}
  </div>
);
