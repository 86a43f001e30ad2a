import { fuzz } from '../../tests/support/long.ts';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { videoRequest } from '../../electron/contract/kernel/video-wire.ts';
import { channelReady, emptyPlan, openChannels, planChannels, watchMessage } from './channels.rules.ts';
import type { ChannelPlan, WantedTile } from './channels.rules.ts';

const tile = (slot: number, over: Partial<WantedTile> = {}): WantedTile => ({
  slot,
  epoch: 1,
  cameraId: `cam-${slot}`,
  quality: 'sub',
  rank: 'normal',
  ...over,
});

const numbers = (plan: ChannelPlan): number[] => openChannels(plan).map(({ ref }) => ref.channel);

describe('channel plan', () => {
  test('a new tile gets a channel, an unchanged one keeps it, a lost one is closed', () => {
    const first = planChannels(emptyPlan, [tile(0), tile(1)]);
    const second = planChannels(first, [tile(1, { rank: 'alarmed' }), tile(2)]);
    expect(numbers(first)).toEqual([0, 1]);
    expect(numbers(second)).toEqual([1, 2]);
  });

  test('a change of quality keeps the old picture until the new one is ready', () => {
    const first = planChannels(emptyPlan, [tile(0)]);
    const warming = planChannels(first, [tile(0, { quality: 'main' })]);
    expect(warming.slots[0]).toMatchObject({
      shown: { channel: 0, quality: 'sub' },
      warming: { channel: 1, quality: 'main' },
    });
    expect(channelReady(warming, 1).slots[0]).toMatchObject({ shown: { channel: 1, quality: 'main' }, warming: null });
    expect(channelReady(warming, 0)).toEqual(warming);
  });

  test('changing back before it is ready closes the warming channel, and asking twice opens one', () => {
    const warming = planChannels(planChannels(emptyPlan, [tile(0)]), [tile(0, { quality: 'main' })]);
    expect(planChannels(warming, [tile(0, { quality: 'main' })]).slots).toEqual(warming.slots);
    expect(numbers(planChannels(warming, [tile(0)]))).toEqual([0]);
  });

  test('another camera in the slot begins anew, so that no frame of the old one can appear', () => {
    const first = planChannels(emptyPlan, [tile(0)]);
    expect(numbers(planChannels(first, [tile(0, { cameraId: 'other', epoch: 2 })]))).toEqual([1]);
    expect(numbers(planChannels(first, [tile(0, { epoch: 2 })]))).toEqual([1]);
  });

  test('channel numbers wrap at the end of the wire field', () => {
    expect(numbers(planChannels({ slots: [], nextChannel: 65_535 }, [tile(0), tile(1)]))).toEqual([65_535, 0]);
  });

  test('the watch message names key-frame channels, and what is shown before what is warming', () => {
    const plan = planChannels(planChannels(emptyPlan, [tile(0), tile(1)]), [tile(0, { quality: 'main' }), tile(1)]);
    expect(watchMessage(plan, new Set([1])).tiles).toEqual([
      { channel: 0, cameraId: 'cam-0', quality: 'sub' },
      { channel: 1, cameraId: 'cam-1', quality: 'sub', keyFramesOnly: true },
      { channel: 2, cameraId: 'cam-0', quality: 'main' },
    ]);
  });

  test('whatever is wanted in whatever order: channels are unique and the message is valid', () => {
    const wanted = fc.uniqueArray(
      fc.record({
        slot: fc.nat(40),
        epoch: fc.nat(2),
        cameraId: fc.constantFrom('a', 'b'),
        quality: fc.constantFrom('main' as const, 'sub' as const),
        rank: fc.constant('normal' as const),
      }),
      { selector: ({ slot }) => slot, maxLength: 40 },
    );
    fc.assert(
      fc.property(fc.array(wanted, { maxLength: 6 }), (steps) => {
        const plan = steps.reduce(planChannels, emptyPlan);
        const open = numbers(plan);
        expect(new Set(open).size).toBe(open.length);
        expect(videoRequest.safeParse(watchMessage(plan, new Set())).success).toBe(true);
        expect(plan.slots.map(({ tile }) => tile)).toEqual(steps.at(-1) ?? []);
      }),
      fuzz(100, 50_000),
    );
  });
});
