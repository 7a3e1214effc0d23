/** A word that lights up the shapes it names: while pointed at or focused, and for good once pressed. */
export class TermElement extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener('pointerenter', () => this.#light(true));
    this.addEventListener('pointerleave', () => this.#light(this.#pressed));
    this.addEventListener('focus', () => this.#light(true));
    this.addEventListener('blur', () => this.#light(this.#pressed));
    this.addEventListener('click', () => this.#press());
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      this.#press();
    });
  }

  get #pressed(): boolean {
    return this.getAttribute('aria-pressed') === 'true';
  }

  #press(): void {
    const on = !this.#pressed;
    for (const other of document.querySelectorAll('ztm-term')) other.setAttribute('aria-pressed', 'false');
    this.setAttribute('aria-pressed', String(on));
    this.#light(on);
  }

  #light(on: boolean): void {
    for (const simulation of document.querySelectorAll<HTMLElement>('ztm-simulation')) {
      if (on && this.dataset.of) simulation.dataset.lit = this.dataset.of;
      else delete simulation.dataset.lit;
    }
  }
}
