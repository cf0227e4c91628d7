import type { Problem } from '../api/call.ts';
import { say } from '../words/translate.ts';
import { Icon } from './icon.tsx';
import { place } from './place.ts';

/** What an endpoint has refused, in its own words. */
export const ProblemNote = ({ problem }: { problem: Problem }) => (
  <div class="banner bad" role="alert">
    <Icon name="warning" />
    <div>
      {problem.status === 0 ? (
        <p>{unreachableWords()}</p>
      ) : (
        <>
          <p lang="en">{problem.detail}</p>
          {problem.errors?.map(({ path, detail }) => (
            <p key={path + detail} lang="en">
              <code>{path}</code> {detail}
            </p>
          ))}
          <code>{problem.code}</code>
        </>
      )}
    </div>
  </div>
);

/** What has not answered, and what to do. */
export const unreachableWords = (): string =>
  say(place.value.kind === 'stack' ? 'page.unreachable.stack' : 'page.unreachable');
