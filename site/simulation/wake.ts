/** Loads the simulation's code when the first one comes near the screen; until then the page holds stills. */
export function wakeWhenSeen(): void {
  const stills = [...document.querySelectorAll('ztm-simulation')];
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      void import('./element.ts');
    },
    { rootMargin: '200px' },
  );
  for (const still of stills) observer.observe(still);
}
