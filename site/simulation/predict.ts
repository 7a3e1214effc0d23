/** Sent to a simulation to run a preset from its beginning; `detail` is the preset's id or undefined. */
export const RUN_EVENT = 'ztm-run';

/** A prediction: the choice is kept in this browser, the scene answers it, then the explanation opens. */
export class PredictElement extends HTMLElement {
  connectedCallback(): void {
    const key = `predict:${location.pathname.replace(/^\/ko\//, '/')}:${this.dataset.id}`;
    const run = this.querySelector<HTMLButtonElement>('button.run');
    const inputs = [...this.querySelectorAll<HTMLInputElement>('input[type=radio]')];
    const chosen = remembered(key);
    for (const input of inputs) {
      if (chosen !== null) input.checked = input.value === chosen;
      else if (input.checked) remember(key, input.value);
      input.addEventListener('change', () => {
        remember(key, input.value);
        if (run) run.hidden = false;
        else this.#reveal();
      });
    }
    if (run && inputs.some((input) => input.checked)) run.hidden = false;
    run?.addEventListener('click', () => this.#run());
  }

  #run(): void {
    const { scene, preset } = this.dataset;
    const simulations = [...document.querySelectorAll<HTMLElement>(`ztm-simulation[data-scene="${scene}"]`)];
    const simulation =
      simulations.find((each) => this.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING) ??
      simulations.at(-1);
    this.#reveal();
    if (!simulation) return;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    simulation.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'start' });
    void import('./element.ts').then(() => {
      simulation.dispatchEvent(new CustomEvent(RUN_EVENT, { detail: preset }));
    });
  }

  #reveal(): void {
    const answer = this.querySelector('details');
    if (answer) answer.open = true;
    for (const input of this.querySelectorAll<HTMLInputElement>('input[type=radio]')) {
      input.closest('label')?.classList.toggle('right', input.value === this.dataset.answer);
    }
  }
}

function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage may be switched off; the prediction then lasts as long as the page.
  }
}
