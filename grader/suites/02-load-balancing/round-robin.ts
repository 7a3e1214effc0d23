import fc from 'fast-check';
import type { RotationClass } from '../../../exercises/02-load-balancing/contract.ts';
import type { Suite } from '../../suite.ts';
import { firstServers, SERVERS, WatchedRotation } from './rotation-model.ts';

interface Exports {
  readonly RoundRobin: RotationClass;
}

/** What a history is made of. Small alphabets, so that known and unknown servers both occur. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ does: 'pick' } as const) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('add' as const), server: fc.constantFrom(...'abcdef') }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('remove' as const), server: fc.constantFrom(...'abcdef') }) },
);

export const suite: Suite<Exports> = {
  requires: { RoundRobin: 'class' },
  checks: [
    {
      id: 'shares-nothing',
      title: {
        en: 'two rotations each keep their own place',
        ko: '두 순번은 저마다 자기 차례를 기억합니다',
      },
      points: 1,
      section: 'round-robin',
      run: ({ RoundRobin }, tools) =>
        tools.example((story) => {
          const one = new WatchedRotation(RoundRobin, ['a', 'b', 'c'], story, 'one.');
          one.pick();
          const two = new WatchedRotation(RoundRobin, ['x', 'y', 'z'], story, 'two.');
          for (let turn = 0; turn < 4; turn++) {
            two.pick();
            one.pick();
          }
        }),
    },
    {
      id: 'rotates',
      title: {
        en: 'every server once, in the order of the list, then from the start again',
        ko: '목록의 순서대로 모든 서버를 한 번씩, 그다음 다시 처음부터 뽑습니다',
      },
      points: 2,
      section: 'round-robin',
      run: ({ RoundRobin }, tools) =>
        tools.forAll(fc.integer({ min: 1, max: 12 }), (count, story) => {
          const rotation = new WatchedRotation(RoundRobin, firstServers(count), story);
          for (let turn = 0; turn < 3 * count; turn++) rotation.pick();
        }),
    },
    {
      id: 'keeps-rotation',
      title: {
        en: 'removing a server must not make anybody skip a turn',
        ko: '서버를 빼도 아무도 차례를 건너뛰지 않습니다',
      },
      points: 2,
      section: 'when-the-list-changes',
      run: ({ RoundRobin }, tools) =>
        tools.forAll(
          fc.integer({ min: 2, max: 7 }).chain((count) =>
            fc.record({
              count: fc.constant(count),
              before: fc.integer({ min: 0, max: 2 * count }),
              leaves: fc.constantFrom(...firstServers(count)),
            }),
          ),
          ({ count, before, leaves }, story) => {
            const rotation = new WatchedRotation(RoundRobin, firstServers(count), story);
            for (let turn = 0; turn < before; turn++) rotation.pick();
            rotation.remove(leaves);
            for (let turn = 0; turn < 2 * count; turn++) rotation.pick();
          },
          { runs: 200 },
        ),
    },
    {
      id: 'welcomes-newcomers',
      title: {
        en: 'a new server gets its turn, and nobody else loses theirs',
        ko: '새 서버도 차례를 얻고, 그 때문에 차례를 잃는 서버는 없습니다',
      },
      points: 1,
      section: 'when-the-list-changes',
      run: ({ RoundRobin }, tools) =>
        tools.forAll(
          fc.record({
            count: fc.integer({ min: 0, max: 4 }),
            before: fc.integer({ min: 0, max: 9 }),
            newcomers: fc.subarray(['x', 'y', 'z'], { minLength: 1 }),
            between: fc.integer({ min: 0, max: 2 }),
            emptied: fc.boolean(),
          }),
          ({ count, before, newcomers, between, emptied }, story) => {
            const rotation = new WatchedRotation(RoundRobin, firstServers(count), story);
            if (count > 0) for (let turn = 0; turn < before; turn++) rotation.pick();
            if (emptied) for (const server of firstServers(count)) rotation.remove(server);
            for (const newcomer of newcomers) {
              rotation.add(newcomer);
              for (let turn = 0; turn < between; turn++) rotation.pick();
            }
            for (let turn = 0; turn < 2 * (count + newcomers.length); turn++) rotation.pick();
          },
        ),
    },
    {
      id: 'refuses-bad-calls',
      title: {
        en: 'a server that is unknown, already there or named twice is refused, and so is a pick from nobody',
        ko: '없는 서버, 이미 있는 서버, 두 번 적힌 서버는 거부하고, 서버가 없으면 뽑지 않습니다',
      },
      points: 1,
      section: 'when-the-list-changes',
      run: async ({ RoundRobin }, tools) => {
        await tools.example((story) => {
          const rotation = new WatchedRotation(RoundRobin, ['a', 'b', 'c'], story);
          rotation.remove('z');
          for (let turn = 0; turn < 3; turn++) rotation.pick();
          rotation.add('b');
          for (let turn = 0; turn < 4; turn++) rotation.pick();
        });
        await tools.example((story) => {
          const rotation = new WatchedRotation(RoundRobin, ['a'], story);
          rotation.remove('a');
          rotation.pick();
          rotation.remove('a');
        });
        await tools.example((story) => {
          const twice = ['a', 'b', 'a'];
          story.throws('new RoundRobin', [twice], () => new RoundRobin(twice), 'RangeError', 'servers');
        });
      },
    },
    {
      id: 'leaves-your-list-alone',
      title: {
        en: 'the list of servers that was handed over is never changed',
        ko: '넘겨받은 서버 목록은 절대 바꾸지 않습니다',
      },
      points: 1,
      section: 'when-the-list-changes',
      run: ({ RoundRobin }, tools) =>
        tools.example((story) => {
          const servers = ['a', 'b', 'c'];
          story.given(SERVERS, servers);
          const rotation = new RoundRobin(servers);
          const unchanged = () =>
            story.require(
              tools.asLeft(servers).join() === 'a,b,c',
              { en: 'your caller’s list still reads a b c', ko: '넘겨준 쪽의 목록은 그대로 a b c' },
              servers,
            );
          story.call('pick', [], () => rotation.pick());
          story.call('pick', [], () => rotation.pick());
          unchanged();
          story.call('add', ['d'], () => rotation.add('d'));
          unchanged();
          story.call('remove', ['a'], () => rotation.remove('a'));
          unchanged();
        }),
    },
    {
      id: 'any-history',
      title: {
        en: 'the promise holds through any mixture of picks, arrivals and departures',
        ko: '뽑기, 들이기, 빼기를 어떻게 섞어도 약속이 지켜집니다',
      },
      points: 1,
      section: 'when-the-list-changes',
      run: ({ RoundRobin }, tools) =>
        tools.forAll(
          fc.record({ count: fc.integer({ min: 0, max: 5 }), history: fc.array(step, { maxLength: 40, size: 'max' }) }),
          ({ count, history }, story) => {
            const rotation = new WatchedRotation(RoundRobin, firstServers(count), story);
            for (const event of history) {
              if (event.does === 'pick') rotation.pick();
              else rotation[event.does](event.server);
            }
          },
          { runs: 200 },
        ),
    },
  ],
};
