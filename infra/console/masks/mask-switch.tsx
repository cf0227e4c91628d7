import { Icon } from '../shell/icon.tsx';
import { say } from '../words/translate.ts';
import { hides, isHidden, showOrHide } from './mask-state.ts';

/** Shows and hides the words and phones of this page; nothing where the console hides none. */
export function MaskSwitch() {
  if (!hides.value) return null;
  return (
    <button type="button" class="button small" onClick={showOrHide}>
      <Icon name={isHidden.value ? 'eye' : 'eye-closed'} size={16} />
      {say(isHidden.value ? 'mask.show' : 'mask.hide')}
    </button>
  );
}
