import { useState, type ReactNode } from 'react';
import type { SeatView } from '../../../electron/contract/seats/seats.views.ts';
import { seatKinds } from '../../../electron/domain/access/access.rules.ts';
import { postName } from '../../../electron/words/sentences/post-name.ts';
import { useSender } from '../../kit/command.ts';
import { Select, TextField } from '../../kit/field.tsx';
import { FormFrame } from '../../parts/devices/form-frame.tsx';
import { useSeatState } from '../../seat/seat-context.tsx';
import { useWords } from '../../seat/use-words.ts';

/** What a seat is called and what it is for; and that it is used no more, unless it is this one. */
export const SeatForm = ({ row, onClose }: { readonly row: SeatView; readonly onClose: () => void }): ReactNode => {
  const words = useWords();
  const { t } = words;
  const sender = useSender();
  const here = useSeatState((state) => state.seatId);
  const shift = useSeatState((state) => state.tables.shift);
  const [name, setName] = useState(row.name ?? '');
  const [kind, setKind] = useState(row.kind);
  const [postId, setPostId] = useState(row.postId);
  const { seatId } = row;
  const posts = [...shift.values()].map((one) => one.postId);
  return (
    <FormFrame
      title={t('seat.change')}
      action="changeSeat"
      removal={
        seatId === here ? null : { of: 'seat', action: 'revokeSeat', send: () => sender.send('revokeSeat', { seatId }) }
      }
      sender={sender}
      why={null}
      onClose={onClose}
      save={() => sender.send('changeSeat', { seatId, kind, postId, name: name.trim() === '' ? null : name.trim() })}
    >
      <TextField label={t('seat.name')} name="name" value={name} maxLength={40} onChange={setName} />
      <Select
        label={t('seat.for')}
        name="kind"
        value={kind}
        options={seatKinds.map((value) => ({ value, label: t(`seat.kind.${value}`) }))}
        onChange={(value) => setKind(seatKinds.find((one) => one === value) ?? kind)}
      />
      <Select
        label={t('seat.post')}
        name="postId"
        value={postId}
        options={posts.map((value) => ({ value, label: postName(value, words) }))}
        onChange={(value) => setPostId(posts.find((one) => one === value) ?? postId)}
      />
    </FormFrame>
  );
};
