/*
 * Loaded into the worker before vitest is: what every suite needs is ready by the time there is something to judge,
 * and a worker whose parent is gone ends instead of staying behind.
 */
import 'fast-check';
import 'isolated-vm';

process.on('disconnect', () => process.exit());
