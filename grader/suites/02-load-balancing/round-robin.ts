import fc from 'fast-check';
import type { RotationClass } from '../../../exercises/02-load-balancing/contract.ts';
import { scene as aServerDies } from '../../../lessons/02-load-balancing/scenes/a-server-dies.ts';
import type { Story, Suite } from '../../suite.ts';
import { expectOneOf, firstServers, SERVERS, WatchedRotation } from './rotation-model.ts';
import { sentTo, unevenBy } from './sent-to.ts';

interface Exports {
  readonly RoundRobin: RotationClass;
}

/** What a history is made of. Small alphabets, so that known and unknown servers both occur. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ does: 'pick' } as const) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('add' as const), server: fc.constantFrom(...'abcdef') }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('remove' as const), server: fc.constantFrom(...'abcdef') }) },
);

/** Of so many servers one leaves, after so many picks. */
interface Departure {
  readonly count: number;
  readonly before: number;
  readonly leaves: number;
}

/** Every departure from two or three servers within the first round, the shortest first. */
const SMALL_DEPARTURES: readonly Departure[] = [2, 3].flatMap((count) =>
  Array.from({ length: count * count }, (_, i) => ({ count, before: 1 + Math.floor(i / count), leaves: i % count })),
);

export const suite: Suite<Exports> = {
  requires: { RoundRobin: 'class' },
  checks: [
    {
      id: 'shares-nothing',
      title: {
        en: 'two rotations share nothing: each has servers and a turn of its own',
        ko: '두 순번은 아무것도 공유하지 않습니다. 서버도 차례도 저마다 따로 둡니다',
      },
      points: 1,
      section: 'round-robin',
      run: ({ RoundRobin }, tools) =>
        tools.example((story) => {
          const [ones, twos] = [firstServers(3), ['x', 'y', 'z']];
          story.given({ en: `one.${SERVERS.en}`, ko: `one.${SERVERS.ko}` }, ones);
          story.given({ en: `two.${SERVERS.en}`, ko: `two.${SERVERS.ko}` }, twos);
          const [one, two] = [new RoundRobin([...ones]), new RoundRobin([...twos])];
          // The same history: whatever the order, two stands where one stood.
          for (const times of [1, 3, 2]) {
            const places: number[] = [];
            for (let turn = 0; turn < times; turn++) {
              const server = story.call('one.pick', [], () => one.pick());
              expectOneOf(story, server, ones);
              places.push(ones.indexOf(server));
            }
            for (const place of places) {
              story.expect(
                story.call('two.pick', [], () => two.pick()),
                twos[place],
              );
            }
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
      run: async ({ RoundRobin }, tools) => {
        const leave = ({ count, before, leaves }: Departure, story: Story) => {
          const rotation = new WatchedRotation(RoundRobin, firstServers(count), story);
          for (let turn = 0; turn < before; turn++) rotation.pick();
          rotation.remove(firstServers(count)[leaves % count]!);
          for (let turn = 0; turn < 2 * count; turn++) rotation.pick();
        };
        for (const departure of SMALL_DEPARTURES) await tools.example((story) => leave(departure, story));
        await tools.forAll(
          fc.record({
            count: fc.integer({ min: 2, max: 7 }),
            before: fc.nat({ max: 14 }),
            leaves: fc.nat({ max: 6 }),
          }),
          leave,
          { runs: 200 },
        );
      },
    },
    {
      id: 'welcomes-newcomers',
      title: {
        en: 'a new server gets its turn, and nobody else loses theirs',
        ko: '새 서버도 차례를 얻고, 그 때문에 차례를 잃는 서버는 없습니다',
      },
      points: 1,
      section: 'when-the-list-changes',
      run: async ({ RoundRobin }, tools) => {
        await tools.example((story) => {
          const rotation = new WatchedRotation(RoundRobin, ['a', 'b'], story);
          rotation.pick();
          rotation.add('x');
          for (let turn = 0; turn < 6; turn++) rotation.pick();
        });
        await tools.example((story) => {
          const rotation = new WatchedRotation(RoundRobin, ['a'], story);
          rotation.remove('a');
          rotation.add('x');
          for (let turn = 0; turn < 2; turn++) rotation.pick();
        });
        await tools.forAll(
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
        );
      },
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
    {
      id: 'survives-the-outage',
      title: {
        en: 'in the simulation, while a server is gone and after it is back, everybody left gets an equal share',
        ko: '시뮬레이션에서 서버가 빠진 동안에도 돌아온 뒤에도, 남은 서버는 모두 같은 몫을 받습니다',
      },
      points: 1,
      section: 'when-the-list-changes',
      run: (_, tools) =>
        tools.example(async (story) => {
          story.given(SERVERS, ['server-1', 'server-2', 'server-3', 'server-4']);
          const trace = await tools.simulate(aServerDies, { exercise: 'round-robin', preset: 'health-check' }, story);
          const phases = [
            { until: { en: 'all four answer', ko: '네 대 모두 응답함' }, fromMs: 0, toMs: 5000, gone: false },
            {
              until: { en: 'server-2 is dead and has been removed', ko: 'server-2가 죽어 순번에서 빠짐' },
              fromMs: 7000,
              toMs: 12_000,
              gone: true,
            },
            { until: { en: 'server-2 is back', ko: 'server-2가 돌아옴' }, fromMs: 14_000, toMs: 20_000, gone: false },
          ];
          for (const { until, fromMs, toMs, gone } of phases) {
            story.happens(until, fromMs);
            const counts = sentTo(trace, fromMs, toMs);
            const living = Object.entries(counts).filter(([id]) => !(gone && id === 'server-2'));
            story.require(
              unevenBy(living.map(([, count]) => count)) <= 1 && !(gone && counts['server-2']! > 0),
              {
                en: gone ? 'equal shares for servers 1, 3 and 4, nothing for 2' : 'equal shares for all four',
                ko: gone ? '서버 1, 3, 4는 같은 몫, 서버 2는 0' : '네 서버 모두 같은 몫',
              },
              counts,
            );
          }
        }),
    },
  ],
};
