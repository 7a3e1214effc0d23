import { defineConfig } from 'vitest/config';

/** The project's own tests. Hidden suites are never picked up here: they only run under the grader. */
export default defineConfig({
  test: {
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{simulator,exercises,lessons,grader,site}/**/*.spec.ts'],
          execArgv: ['--no-node-snapshot'],
        },
      },
      {
        test: {
          name: 'course',
          include: ['tests/course/**/*.spec.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          execArgv: ['--no-node-snapshot'],
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.spec.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
