import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { Language, Text } from '../../simulator/text.ts';
import { chooseLanguage } from '../progress/language.ts';
import { nearestTo } from '../select.ts';
import { SUMMARIES, USAGE } from '../text/commands.ts';

/** The command was called in a way that it does not understand: one line, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** 0: everything asked for passed. 1: something did not. 2: could not do it. */
export type ExitCode = 0 | 1 | 2 | 130;

export interface Call {
  /** What stood on the command line, options not parsed yet. */
  readonly words: readonly string[];
  readonly language: Language;
}

/**
 * Runs a command to its exit code. What goes wrong is one line on stderr, in the caller's language; stdout is
 * written out before the process ends, also into a pipe that somebody closes early.
 */
export async function runCommand(main: (call: Call) => Promise<ExitCode>): Promise<never> {
  const words = process.argv.slice(2);
  const language = chooseLanguage(languageIn(words));
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));
  return endWith(await main({ words, language }).catch((error: unknown) => report(error, language)));
}

/** A command with this course's manners: no exits of its own, help in the caller's language. */
export function createCommand(name: keyof typeof SUMMARIES, language: Language): Command {
  const titles: Record<string, Text> = {
    'Usage:': USAGE.usage,
    'Arguments:': USAGE.arguments,
    'Options:': USAGE.options,
  };
  return new Command(`npm run ${name}`)
    .description(SUMMARIES[name][language])
    .helpOption('-h, --help', USAGE.help[language])
    .option('--lang <en|ko>', USAGE.lang[language], choice('--lang', ['en', 'ko'], language))
    .allowExcessArguments(false)
    .configureHelp({ styleTitle: (title) => titles[title]?.[language] ?? title })
    .configureOutput({ writeErr: () => undefined })
    .exitOverride();
}

/** Parses the command line. @throws UsageError naming what is known and what is nearest */
export function parse(command: Command, { words, language }: Call): Command {
  try {
    return command.parse([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError) || error.exitCode === 0) throw error;
    throw new UsageError(explain(command, error)[language]);
  }
}

/** Parser of an option that takes a whole number from `least` to `most`. */
export function wholeNumber(option: string, least: number, most: number, language: Language) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new UsageError(USAGE.badNumber(option, `${least} … ${most}`, text)[language]);
  };
}

/** Parser of an option that takes one of a few words. */
export function choice<const Word extends string>(option: string, known: readonly Word[], language: Language) {
  return (text: string): Word => {
    const word = known.find((one) => one === text);
    if (word !== undefined) return word;
    throw new UsageError(USAGE.badChoice(option, known.join(', '), text)[language]);
  };
}

function explain(command: Command, error: CommanderError): Text {
  const subject = /'([^']+)'/.exec(error.message)?.[1] ?? '';
  const usage = `${command.name()} ${command.usage()}`;
  switch (error.code) {
    case 'commander.unknownOption': {
      const flags = [...command.options.map((option) => option.long ?? option.flags), '--help'];
      return USAGE.unknownOption(subject, nearestTo(subject, flags) ?? '--help', flags.join(' '));
    }
    case 'commander.optionMissingArgument':
      return USAGE.missingValue(subject);
    case 'commander.missingArgument':
      return USAGE.missingArgument(subject, `${command.name()} round-robin`);
    case 'commander.excessArguments':
      return USAGE.tooMany(usage);
    default: {
      const message = error.message.replace(/^error: /, '');
      return { en: message, ko: message };
    }
  }
}

/** Known before options are parsed, because complaints about options are made in it too. */
function languageIn(words: readonly string[]): Language | undefined {
  const at = words.indexOf('--lang');
  const word = at === -1 ? words.find((one) => one.startsWith('--lang='))?.slice(7) : words[at + 1];
  return word === 'en' || word === 'ko' ? word : undefined;
}

function report(error: unknown, language: Language): ExitCode {
  if (error instanceof CommanderError && !(error instanceof InvalidArgumentError)) return error.exitCode === 0 ? 0 : 2;
  const message = error instanceof Error ? error.message : String(error);
  console.error(error instanceof UsageError ? message : USAGE.failed(message)[language]);
  if (process.env.DEBUG && error instanceof Error) console.error(error.stack);
  return 2;
}

async function endWith(code: ExitCode): Promise<never> {
  await new Promise((done) => process.stdout.write('', done));
  process.exit(code);
}
