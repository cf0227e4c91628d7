/** Line icons, drawn for a field of 24 by 24. */
const PATHS = {
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2.5M12 19.500V22M2 12h2.500M19.5 12H22M4.9 4.900l1.8 1.800M17.3 17.300l1.8 1.800M19.1 4.900l-1.8 1.800M6.7 17.300l-1.8 1.8',
  moon: 'M20 14.500A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.500z',
  contrast: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 3v18M12 7h6.500M12 12h9M12 17h6.5',
  plus: 'M12 5v14M5 12h14',
  send: 'M4 12 20 4l-5 16-3.5-6.500zM11.5 13.5 20 4',
  attach:
    'M20 11.500l-8 8a5.3 5.3 0 0 1-7.5-7.500l8.5-8.500a3.5 3.5 0 0 1 5 5l-8.5 8.500a1.8 1.8 0 0 1-2.5-2.500l7.8-7.8',
  mic: 'M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM5.5 11a6.5 6.5 0 0 0 13 0M12 17.500V21',
  pin: 'M12 21s7-6.2 7-11.500A7 7 0 0 0 5 9.500C5 14.8 12 21 12 21zM12 7a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20.500a7.5 7.5 0 0 1 15 0',
  file: 'M7 3h7l5 5v13H7zM14 3v5h5',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 2.5-2.500L20 17M15.5 8.500h.01',
  reply: 'M9 7 4 12l5 5M4 12h10a6 6 0 0 1 6 6v1',
  smile: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.5 14a4 4 0 0 0 7 0M9 9.500h.01M15 9.500h.01',
  edit: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  trash: 'M5 7h14M9.5 7V4.500h5V7M7 7l1 13h8l1-13M10.5 11v5.500M13.5 11v5.5',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'M5 12.5 10 17.5 19.5 7',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  list: 'M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01',
  link: 'M14 5h5v5M19 5l-8 8M17 14v5H5V7h5',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7.500V12l3 2',
  bot: 'M6 9h12v10H6zM12 9V5M12 4h.01M9.5 13.500h.01M14.5 13.500h.01M3.5 13v3M20.5 13v3',
  phone:
    'M8 3h8a1.5 1.5 0 0 1 1.5 1.500v15A1.5 1.5 0 0 1 16 21H8a1.5 1.5 0 0 1-1.5-1.500v-15A1.5 1.5 0 0 1 8 3zM11 18h2',
  back: 'M14.5 5.5 8 12l6.5 6.5',
  next: 'M9.5 5.5 16 12l-6.5 6.5',
  replay: 'M4.5 12a7.5 7.5 0 1 1 2.2 5.300M4.5 12V6.500M4.5 12H10',
  warning: 'M12 4 2.8 20h18.400zM12 10v4.500M12 17.200h.01',
  play: 'M7.5 5v14l11-7z',
} as const;

export type IconName = keyof typeof PATHS;

/** An icon beside words, or in a button that has a name: screen readers pass over it. */
export const Icon = ({ name, size = 20 }: { name: IconName; size?: number }) => (
  <svg class="icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
    <path d={PATHS[name]} />
  </svg>
);
