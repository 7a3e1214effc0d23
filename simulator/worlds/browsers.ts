/** What people's browsers keep of what they were sent, each until its copy is no longer fresh. */
export class Browsers {
  readonly #copies: Map<string, { readonly body: string; readonly untilUs: number }>[] = [];

  /** The copy that a person's browser shows without asking anybody; none for somebody who is never seen again. */
  fresh(person: number | undefined, url: string, nowUs: number): string | undefined {
    const copy = person === undefined ? undefined : this.#copies[person]?.get(url);
    return copy !== undefined && nowUs < copy.untilUs ? copy.body : undefined;
  }

  keep(person: number | undefined, url: string, body: string, untilUs: number): void {
    if (person === undefined) return;
    this.#copies[person] ??= new Map();
    this.#copies[person]!.set(url, { body, untilUs });
  }
}
