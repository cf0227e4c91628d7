import type { ComponentChildren } from 'preact';

/** Names and what they stand for, one below the other. */
export const Facts = ({ children }: { children: ComponentChildren }) => (
  <dl class="facts">{children}</dl>
);

export const Fact = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <div class="fact">
    <dt>{name}</dt>
    <dd class="breaks">{children}</dd>
  </div>
);
