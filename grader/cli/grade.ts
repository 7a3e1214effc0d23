import type { Language } from '../../simulator/text.ts';
import { recordVerdicts } from '../progress/record.ts';
import { DEFAULT_SEED } from '../seed.ts';
import { MESSAGES, USAGE } from '../text/commands.ts';
import type { Verdict } from '../verdict.ts';
import { type Call, createCommand, type ExitCode, parse, runCommand, UsageError, wholeNumber } from './command.ts';
import { startProgressLine } from './progress-line.ts';
import { chooseRequests, type Request } from './requests.ts';
import { typedFrom, typedPath } from './terminal.ts';

interface Options {
  readonly file?: string;
  readonly json?: boolean;
  readonly seed?: number;
  readonly seeds?: number;
  readonly report?: string;
  readonly typecheck?: boolean;
  readonly verbose?: boolean;
  readonly problems?: boolean;
  readonly sandbox?: boolean;
}

await runCommand(async (call) => {
  const { words, options } = readCall(call);
  const { language } = call;
  const requests = await chooseRequests(words, options.file, language);
  if (options.sandbox === true) await requireSandbox(language);
  process.chdir(typedFrom());
  const verdicts = await judge(requests, options, language);
  if (verdicts === 'stopped') return 130;
  if (options.file === undefined) remember(verdicts);
  const { showVerdicts } = await import('./grade-output.ts');
  await showVerdicts(verdicts, requests, {
    language,
    json: options.json === true,
    verbose: options.verbose === true,
    problems: options.problems === true,
    report: options.report === undefined ? undefined : typedPath(options.report),
    table: words.length === 0,
  });
  return exitCodeOf(verdicts);
});

/** @throws UsageError where there is none: other people's code is not graded without walls by accident */
async function requireSandbox(language: Language): Promise<void> {
  const { sandboxProblem } = await import('../judge/sandbox.ts');
  const problem = sandboxProblem();
  if (problem !== undefined) throw new UsageError(USAGE.noSandbox(problem)[language]);
}

function readCall(call: Call): { words: readonly string[]; options: Options } {
  const { language } = call;
  const command = createCommand('grade', language)
    .argument('[exercise...]', USAGE.exercise[language])
    .option('--file <path>', USAGE.file[language])
    .option('--seed <number>', USAGE.seed[language], wholeNumber('--seed', 0, 2 ** 31 - 1, language))
    .option('--seeds <number>', USAGE.seeds[language], wholeNumber('--seeds', 1, 10_000, language))
    .option('--report <path.html>', USAGE.report[language])
    .option('--json', USAGE.json[language])
    .option('--verbose', USAGE.verbose[language])
    .option('--sandbox', USAGE.sandbox[language])
    .option('--problems', USAGE.problems[language])
    .option('--typecheck', USAGE.typecheck[language])
    .option('--no-typecheck', USAGE.noTypecheck[language]);
  parse(command, call);
  return { words: command.args, options: command.opts<Options>() };
}

async function judge(
  requests: readonly Request[],
  options: Options,
  language: Language,
): Promise<readonly Verdict[] | 'stopped'> {
  if (requests.length === 0) return [];
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const line = startProgressLine();
  const announce = (exercise: string, done: number) =>
    line.set(MESSAGES.grading(exercise, done + 1, requests.length)[language]);
  announce(requests[0]?.exercise.id ?? '', 0);
  try {
    const { grade } = await import('../grade.ts');
    const verdicts = await grade(
      requests.map(({ exercise, file }) => ({ exercise: exercise.id, file })),
      {
        seed: options.seed ?? DEFAULT_SEED,
        ...(options.seeds === undefined ? {} : { seeds: options.seeds }),
        language,
        typecheck: options.typecheck ?? true,
        sandbox: options.sandbox === true,
        signal: stop.signal,
        onProgress: ({ exercise, done }) => announce(exercise, done),
      },
    );
    return stop.signal.aborted ? 'stopped' : verdicts;
  } catch (error) {
    if (stop.signal.aborted) return 'stopped';
    throw error;
  } finally {
    line.stop();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

/** Progress that cannot be written (a read-only disk, a full one) must not cost anybody their verdict. */
function remember(verdicts: readonly Verdict[]): void {
  try {
    recordVerdicts(verdicts);
  } catch (error) {
    console.error(`.progress: ${error instanceof Error ? error.message : error}`);
  }
}

function exitCodeOf(verdicts: readonly Verdict[]): ExitCode {
  if (verdicts.some((verdict) => verdict.status === 'grader-error')) return 2;
  return verdicts.length > 0 && verdicts.every((verdict) => verdict.status === 'passed') ? 0 : 1;
}
