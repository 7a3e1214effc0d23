import type { Text } from '../../simulator/text.ts';
import type { Death } from './pool.ts';
import type { LoadProblem, Message, PlannedCheck } from './protocol.ts';

/** What the parent has heard of one submission. */
export class Facts {
  plan: readonly PlannedCheck[] | undefined;
  load: LoadProblem | null | undefined;
  readonly judged = new Map<string, Extract<Message, { is: 'judged' }>>();
  misconception: { readonly id: string; readonly message: Text } | undefined;
  /** What was going on when the worker ended. */
  running: string | undefined;
  death: Death | undefined;
  broken: string | undefined;
  /** How long its judging has taken so far, on the clock. */
  tookMs = 0;

  hear(message: Message): void {
    switch (message.is) {
      case 'plan':
        this.plan = message.checks;
        break;
      case 'starts':
        this.running = message.what;
        break;
      case 'loaded':
        this.load = message.problem;
        this.running = undefined;
        break;
      case 'judged':
        this.judged.set(message.result.id, message);
        this.running = undefined;
        break;
      case 'recognised':
        this.misconception = message;
        break;
      case 'broken':
        this.broken ??= message.message;
        break;
    }
  }

  /** Whether everything that can be known about this submission is known. */
  get complete(): boolean {
    if (this.death !== undefined || this.broken !== undefined) return true;
    if (this.load === undefined || this.plan === undefined) return false;
    if (this.load !== null) return true;
    const stopped = [...this.judged.values()].some(({ result }) => result.failure?.reason === 'stopped');
    return stopped || this.plan.every(({ id }) => this.judged.has(id));
  }
}
