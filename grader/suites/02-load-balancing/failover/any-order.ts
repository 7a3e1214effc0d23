import fc from 'fast-check';
import type { Check } from '../../../suite.ts';
import { firstServers } from '../rotation-model.ts';
import { ending } from './script.ts';
import type { Ending, Method } from './traffic.ts';
import { type FailoverExports, FailoverWorld } from './world.ts';

export const anyOrder: Check<FailoverExports> = {
  id: 'any-order',
  title: {
    en: 'in whatever order requests, answers and failures come, every request goes where it should and is answered',
    ko: '요청, 응답, 실패가 어떤 순서로 일어나도 모든 요청은 가야 할 곳으로 가고 답을 받습니다',
  },
  points: 2,
  section: 'failover',
  run: (subject, tools) =>
    tools.forAll(
      fc.record({
        count: fc.integer({ min: 1, max: 3 }),
        failuresToEject: fc.integer({ min: 1, max: 2 }),
        moves: fc.array(move, { minLength: 1, maxLength: 30, size: 'max' }),
      }),
      async ({ count, failuresToEject, moves }, story) => {
        const servers = firstServers(count);
        await play(new FailoverWorld(story, subject, { servers, failuresToEject }), servers, moves);
      },
      { runs: 160 },
    ),
};

type Move =
  | { readonly do: 'ask'; readonly methods: readonly Method[] }
  | { readonly do: 'end'; readonly which: number; readonly ending: Ending }
  | { readonly do: 'pass'; readonly ms: number }
  | { readonly do: 'prefer'; readonly first: number }
  | { readonly do: 'throws'; readonly which: number; readonly does: boolean };

const method = fc.constantFrom<Method>('GET', 'GET', 'GET', 'PUT', 'POST', 'HEAD', 'PATCH', 'OPTIONS', 'DELETE');
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      methods: fc.array(method, { minLength: 1, maxLength: 2 }),
    }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('end' as const), which: fc.nat(3), ending }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 10 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('prefer' as const), first: fc.nat(2) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('throws' as const), which: fc.nat(2), does: fc.boolean() }),
  },
);

async function play(world: FailoverWorld, servers: readonly string[], moves: readonly Move[]): Promise<void> {
  for (const one of moves) {
    if (one.do === 'pass') world.at(world.now() + one.ms);
    else if (one.do === 'ask') await world.askTogether(...one.methods);
    else if (one.do === 'end') {
      const open = world.open();
      if (open.length > 0) await world.end(one.ending, open[one.which % open.length]);
    } else if (one.do === 'throws') world.throwsAtOnce(servers[one.which % servers.length]!, one.does);
    else {
      const at = one.first % servers.length;
      world.prefer(...servers.slice(at), ...servers.slice(0, at));
    }
  }
  while (world.open().length > 0) await world.end(200);
}
