import type { Suite } from '../../suite.ts';
import { anyOrder } from './failover/any-order.ts';
import { betterADoubtfulServerThanNone, comesBack, ejectsAfterFailuresInARow } from './failover/ejecting.ts';
import { oldNewsDoesNotCount, oldSuccessChangesNothing } from './failover/old-news.ts';
import {
  keepsToItself,
  passesRequestsOn,
  refusesBadOptions,
  sendsOnce,
  triesElsewhere,
} from './failover/passing-on.ts';
import { freesTheProbeAfterAThrow, oneProbeAtATime, probesWithWhatMayBeRepeated } from './failover/probing.ts';
import { losesNoRead } from './failover/scene.ts';
import type { FailoverExports } from './failover/world.ts';

export const suite: Suite<FailoverExports> = {
  requires: { FailoverProxy: 'class' },
  checks: [
    passesRequestsOn,
    refusesBadOptions,
    sendsOnce,
    triesElsewhere,
    keepsToItself,
    ejectsAfterFailuresInARow,
    comesBack,
    probesWithWhatMayBeRepeated,
    oneProbeAtATime,
    freesTheProbeAfterAThrow,
    betterADoubtfulServerThanNone,
    oldSuccessChangesNothing,
    oldNewsDoesNotCount,
    anyOrder,
    losesNoRead,
  ],
};
