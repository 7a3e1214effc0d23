import { join } from 'node:path';
import { type CatalogueEntry, courseRoot, readCatalogue } from '../catalogue.ts';
import { nextExercise, renderProgress } from '../feedback/progress.ts';
import { keepBackup, putStubBack } from '../progress/backups.ts';
import { readState, stateOf } from '../progress/state.ts';
import { USAGE } from '../text/commands.ts';
import { PROGRESS } from '../text/progress.ts';
import { WATCH } from '../text/watch.ts';
import { chooseOne } from './choose.ts';
import { createCommand, parse, runCommand } from './command.ts';
import { followSaves } from './follow-saves.ts';
import { readKeys } from './keys.ts';
import { openSessionJudge } from './session-judge.ts';
import { pageFor, shownPath } from './terminal.ts';
import { createScreen } from './watch-screen.ts';
import { createWatcher } from './watcher.ts';

await runCommand(async (call) => {
  const { language } = call;
  const command = createCommand('watch', language)
    .argument('[exercise]', USAGE.oneExercise[language])
    .option('--problems', USAGE.problems[language]);
  parse(command, call);
  const catalogue = await readCatalogue();
  const [typed] = command.args;
  const wanted = typed === undefined ? undefined : chooseOne(typed, language).id;
  const first = catalogue.find((entry) => entry.id === wanted) ?? nextExercise(catalogue, readState()) ?? catalogue[0];
  if (first === undefined) {
    console.log(` ${PROGRESS.empty[language]}`);
    return 0;
  }

  const page = () => pageFor(process.stdout, language);
  const screen = createScreen(process.stdout, page, command.opts<{ problems?: boolean }>().problems === true);
  const judge = openSessionJudge(language);
  const shown = (entry: CatalogueEntry) => shownPath(entry.files.stub);
  const present = (entry: CatalogueEntry) =>
    screen.note(WATCH.movedOn(entry.brief[language].title, shown(entry)), entry.brief[language].builds);

  const watcher = createWatcher(catalogue, first, judge.grade, {
    grading: (entry) => screen.busy(WATCH.grading(entry.id)),
    gone: (entry) => screen.note(WATCH.gone(shown(entry))),
    failed: (error) => screen.show(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    graded: (entry, verdict) => {
      screen.verdict(verdict, entry, ahead());
      if (verdict.status === 'passed') moveOn();
      else screen.note(WATCH.watching(shown(entry)));
    },
  });

  /** What has not passed yet, from the current exercise on and then from the beginning. */
  function ahead(): CatalogueEntry | undefined {
    const at = catalogue.findIndex((entry) => entry.id === watcher.current().id);
    return nextExercise([...catalogue.slice(at + 1), ...catalogue.slice(0, at)], readState());
  }

  function moveOn(): void {
    const next = ahead();
    if (next === undefined) {
      screen.note(WATCH.allPassed);
      return;
    }
    watcher.moveTo(next);
    present(next);
  }

  let armed = '';
  const actions: Readonly<Record<string, () => void | Promise<void>>> = {
    h: async () => {
      const { climbAndRender } = await import('../feedback/hint.ts');
      screen.show(await climbAndRender(page(), watcher.current()));
    },
    n: moveOn,
    l: () => screen.show(renderProgress(page(), catalogue, readState())),
    r: () => {
      const entry = watcher.current();
      if (armed !== 'r') {
        armed = 'r';
        screen.note(WATCH.confirmReset(shown(entry)));
        return;
      }
      keepBackup(entry);
      putStubBack(entry);
    },
    s: async () => {
      const entry = watcher.current();
      const { passed, gaveUp } = stateOf(readState(), entry.id);
      if (!passed && !gaveUp && armed !== 's') {
        armed = 's';
        screen.note(WATCH.confirmSolution(entry.id));
        return;
      }
      const { revealSolution } = await import('../feedback/solution.ts');
      screen.show(revealSolution({ ...page(), width: process.stdout.columns ?? 80 }, entry, shown(entry)) ?? '');
    },
    o: async () => {
      const { brief, lesson } = watcher.current();
      const { lessonUrl } = await import('../feedback/links.ts');
      const { openUrl } = await import('./open-url.ts');
      const url = lessonUrl(lesson, language, brief.en.section);
      screen.note(WATCH.opening(url));
      openUrl(url);
    },
  };

  const stopFollowing = await followSaves(join(courseRoot, 'exercises'), watcher.fileChanged);
  const asked = new Promise<void>((quit) => {
    process.once('SIGINT', quit).once('SIGTERM', quit).once('SIGHUP', quit);
    const press = async (key: string) => {
      if (key === 'q') return quit();
      const before = armed;
      try {
        await actions[key]?.();
      } catch (error) {
        screen.show(error instanceof Error ? error.message : String(error));
      }
      if (before === armed) armed = '';
    };
    readKeys((key) => void press(key));
  });
  if (process.stdin.isTTY !== true) screen.note(WATCH.noKeys);
  present(first);
  watcher.grade();
  await asked;
  watcher.stop();
  await stopFollowing();
  await judge.close();
  return 0;
});
