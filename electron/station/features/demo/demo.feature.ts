import { demo } from '../../../contract/demo/demo.contract.ts';
import { err, ok } from '../../../domain/kernel/result.ts';
import { defineCollection } from '../../core/collection.ts';
import { defineFeature, type Feature } from '../../core/define-feature.ts';
import { textOf } from '../../core/docs.ts';
import { refusalOf } from '../../core/handler.ts';
import { createDemo, demoRows, RealCommunityError, type Demo } from './demo.ts';
import type { DemoPort } from './demo.port.ts';

export interface DemoSettings {
  readonly port: DemoPort;
  /** Whether a seat may start the demo in an empty data folder. */
  readonly offered: boolean;
  /** Hands out the running demo, for whoever starts it without a seat. */
  readonly onServed?: (running: Demo) => void;
}

const demoCollection = defineCollection(demoRows, {
  version: 1,
  shown: { to: 'everybody', openedTo: 'everybody' },
  fold: ({ type, body }) => {
    // In older journals the community itself says that it is the demo.
    const begins = type === 'v1.DemoStarted' || (type === 'v1.CommunityEstablished' && body['demo'] === true);
    return begins ? [['demo', { volunteerId: textOf(body, 'volunteerId') ?? '' }]] : [];
  },
});

/** How the demo's facts become rows, for whoever makes rows without running it. */
export const demoRowsAlone = {
  contract: demo,
  machines: [],
  collections: [demoCollection],
  hiddenFacts: [],
  hiddenFields: [],
} as const;

/** The demo community: made-up people, and simulated devices. A station has it only where it is given. */
export const demoFeature = ({ port, offered, onServed }: DemoSettings): Feature =>
  defineFeature({
    contract: demo,
    collections: { demo: demoCollection },
    commands: {},
    // Its receiver is on this machine, and nothing has to be set for it.
    simulates: (rows) => (demoRows.all(rows).length > 0 ? ['receiver'] : []),
    serve: (context) => {
      const running = createDemo(context, port);
      onServed?.(running);
      return {
        asks: {
          startDemo: async (_scope, { lang }) => {
            if (!offered) return err(refusalOf('demoOff'));
            try {
              await running.start(lang);
              return ok({});
            } catch (error) {
              if (error instanceof RealCommunityError) return err(refusalOf('demoOnly'));
              throw error;
            }
          },
        },
        health: () => {
          const state = running.state();
          return { demo: state === 'none' && offered ? 'offered' : state };
        },
        guest: running.volunteerId,
        afterStart: running.resume,
        stop: running.stop,
      };
    },
  });
