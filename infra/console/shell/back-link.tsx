import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';
import { followLink } from './router.ts';

/** Leads to the page above this one. */
export const BackLink = ({ href, children }: { href: string; children: ComponentChildren }) => (
  <a class="back" href={href} onClick={followLink}>
    <Icon name="back" size={18} /> {children}
  </a>
);
