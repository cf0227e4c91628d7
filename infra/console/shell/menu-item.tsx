import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

/** A line of a menu. */
export const MenuItem = ({
  icon,
  onClick,
  children,
}: {
  icon: IconName;
  onClick: () => void;
  children: ComponentChildren;
}) => (
  <button type="button" role="menuitem" onClick={onClick}>
    <Icon name={icon} size={18} />
    {children}
  </button>
);
