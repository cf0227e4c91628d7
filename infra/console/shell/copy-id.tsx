import { say } from '../words/translate.ts';
import { CopyButton } from './copy-button.tsx';

/** An id that copies at a click. */
export const CopyId = ({ id }: { id: string }) => (
  <CopyButton text={() => id} name={say('action.copy-what', { what: id })}>
    <code>{id}</code>
  </CopyButton>
);
