import { seats } from '../../../contract/seats/seats.contract.ts';
import type { SeatView } from '../../../contract/seats/seats.views.ts';
import { seatKinds } from '../../../domain/access/access.rules.ts';
import { ok } from '../../../domain/kernel/result.ts';
import { postId } from '../../../domain/posts/post.ts';
import { defineCollection } from '../../core/collection.ts';
import { defineFeature } from '../../core/define-feature.ts';
import { textOf } from '../../core/docs.ts';
import { refuse } from '../../core/handler.ts';
import { endSessionsAt } from '../../parts/end-sessions.ts';
import { existing, recordChange } from '../../parts/record-change.ts';
import { shiftRows } from '../../parts/rows.ts';
import { seatRows } from '../../parts/seat-rows.ts';

const seatsCollection = defineCollection(seatRows, {
  version: 1,
  shown: { to: ['manage'], openedTo: ['manage'] },
  fold: ({ type, kind, entityId, body, recordedAt }, rows): readonly (readonly [string, SeatView])[] => {
    if (kind !== 'seat') return [];
    const before = seatRows.get(rows, entityId);
    if (type === 'v1.SeatRevoked') return before === null ? [] : [[entityId, { ...before, revokedAt: recordedAt }]];
    const seat = {
      seatId: entityId,
      kind: seatKinds.find((one) => one === body['kind']) ?? 'room',
      postId: postId(textOf(body, 'postId') ?? ''),
      name: textOf(body, 'name'),
    };
    return [
      [entityId, { ...seat, recordedAt: before?.recordedAt ?? recordedAt, revokedAt: before?.revokedAt ?? null }],
    ];
  },
});

/** The seats that people sit at. */
export const seatsFeature = defineFeature({
  contract: seats,
  collections: { seats: seatsCollection },
  commands: {
    changeSeat: (scope, { seatId, kind, postId: post, name }) => {
      const before = existing(scope, seatRows, seatId);
      if (before.revokedAt !== null) refuse('seatRevoked');
      existing(scope, shiftRows, post);
      const names = { added: 'v1.SeatRecorded', changed: 'v1.SeatChanged' } as const;
      recordChange(scope, 'seat', names, seatId, before, { kind, postId: post, name });
      return {};
    },
    revokeSeat: (scope, { seatId }) => {
      const { work } = scope;
      // Whoever shuts the seat under themselves may have shut the last one.
      if (seatId === work.origin.seat) refuse('ownSeat');
      if (existing(scope, seatRows, seatId).revokedAt !== null) refuse('seatRevoked');
      work.record({ type: 'v1.SeatRevoked', kind: 'seat', entityId: seatId, body: {} });
      endSessionsAt(scope, seatId);
      return {};
    },
  },
  hiddenFields: ['keyHash'],
  serve: ({ seatsSeen }) => ({ asks: { seatsSeen: async () => ok({ seats: [...seatsSeen()] }) } }),
});
