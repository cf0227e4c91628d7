import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from './icon.tsx';

/** A button that opens a small menu. Escape and a press elsewhere close it, the arrow keys walk in it. */
export function Menu({
  icon,
  name,
  place,
  disabled = false,
  children,
}: {
  icon: IconName;
  /** For those who hear the page. */
  name: string;
  place: 'above' | 'below';
  disabled?: boolean;
  /** Gets what closes the menu and then does something. */
  children: (act: (work: () => void) => () => void) => ComponentChildren;
}) {
  const isOpen = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const close = () => {
    isOpen.value = false;
  };
  useEffect(() => {
    if (!isOpen.value) return;
    const items = () => [...(root.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    items()[0]?.focus();
    const pressed = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) close();
    };
    const typed = (event: KeyboardEvent) => {
      const steps: Record<string, number> = {
        ArrowDown: 1,
        ArrowRight: 1,
        ArrowUp: -1,
        ArrowLeft: -1,
      };
      const step = steps[event.key];
      if (event.key === 'Escape') {
        close();
        root.current?.querySelector<HTMLElement>('button')?.focus();
      } else if (step) {
        event.preventDefault();
        const all = items();
        const at = all.indexOf(document.activeElement as HTMLElement);
        all.at((at + step) % all.length)?.focus();
      }
    };
    addEventListener('pointerdown', pressed);
    addEventListener('keydown', typed);
    return () => {
      removeEventListener('pointerdown', pressed);
      removeEventListener('keydown', typed);
    };
  }, [isOpen.value]);
  const act = (work: () => void) => () => {
    close();
    work();
  };
  return (
    <div class={`menu ${place}`} ref={root}>
      <button
        type="button"
        class="icon-button"
        aria-label={name}
        aria-haspopup="menu"
        aria-expanded={isOpen.value}
        disabled={disabled}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        <Icon name={icon} />
      </button>
      {isOpen.value && (
        <div class="popover" role="menu" aria-label={name}>
          {children(act)}
        </div>
      )}
    </div>
  );
}
