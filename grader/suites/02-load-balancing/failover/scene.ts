import { scene as aServerDies } from '../../../../lessons/02-load-balancing/scenes/a-server-dies.ts';
import { OUTCOMES, type Trace } from '../../../../simulator/trace.ts';
import type { Check } from '../../../suite.ts';
import type { FailoverExports } from './world.ts';

export const losesNoRead: Check<FailoverExports> = {
  id: 'loses-no-read',
  title: {
    en: 'in the simulation, a server dies in the middle of the traffic, and not one GET is lost',
    ko: '시뮬레이션에서 트래픽이 흐르는 도중에 서버가 죽어도 GET은 하나도 잃지 않습니다',
  },
  points: 1,
  section: 'failover',
  run: (_, tools) =>
    tools.example(async (story) => {
      story.happens({
        en: 'four servers at 60 % load; server-2 refuses every connection from second 5 to 12',
        ko: '서버 네 대, 부하 60%. server-2가 5초부터 12초까지 모든 연결을 거절함',
      });
      const trace = await tools.simulate(aServerDies, { exercise: 'failover', preset: 'refuse' }, story);
      const [reads, writes] = ['read', 'write'].map((name) => failed(trace, name)) as [number, number];
      story.require(reads === 0, { en: 'no GET fails', ko: '실패하는 GET 없음' }, reads);
      story.require(
        writes <= MAX_LOST_WRITES,
        {
          en: `at most ${MAX_LOST_WRITES} POSTs fail: those by which the proxy learns of the crash`,
          ko: `실패하는 POST는 ${MAX_LOST_WRITES}개 이하: 프록시가 장애를 알게 되기까지의 요청`,
        },
        writes,
      );
    }),
};

/** Over 200 seeds 0 to 2 were lost; a proxy that goes on sending loses 30. */
const MAX_LOST_WRITES = 6;

function failed(trace: Trace, name: string): number {
  const wanted = trace.classes.indexOf(name);
  const { outcome } = trace.requests;
  const unharmed = [OUTCOMES.indexOf('ok'), OUTCOMES.indexOf('pending')];
  return outcome.filter((code, request) => trace.requests.class[request] === wanted && !unharmed.includes(code)).length;
}
