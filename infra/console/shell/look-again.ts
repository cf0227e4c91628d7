import { useEffect, useRef } from 'preact/hooks';

const EVERY_MS = 15_000;

/** Runs `look` when the page is looked at again, and now and then while it is. */
export function useLookAgain(look: () => void): void {
  const newest = useRef(look);
  newest.current = look;
  useEffect(() => {
    const lookIfSeen = () => {
      if (!document.hidden) newest.current();
    };
    const timer = setInterval(lookIfSeen, EVERY_MS);
    document.addEventListener('visibilitychange', lookIfSeen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', lookIfSeen);
    };
  }, []);
}
