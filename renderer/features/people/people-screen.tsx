import { useState, type ReactNode } from 'react';
import type { PersonView } from '../../../electron/contract/views.schema.ts';
import { monitoringRoom } from '../../../electron/domain/posts/post.ts';
import { maskPhone } from '../../../electron/domain/people/phone.rules.ts';
import { postName } from '../../../electron/words/sentences/post-name.ts';
import { Button } from '../../kit/button.tsx';
import { Empty } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { Screen } from '../../kit/screen.tsx';
import { useWords } from '../../seat/use-words.ts';
import { sorted } from '../../store/selectors.ts';
import { useSeatState } from '../../seat/seat-context.tsx';
import { AddressForm } from '../../parts/devices/address-form.tsx';
import { BarrierForm } from '../../parts/devices/barrier-form.tsx';
import { CameraForm } from '../../parts/devices/camera-form.tsx';
import { ContactForm } from './contact-form.tsx';
import { HelpPointForm } from '../../parts/devices/help-point-form.tsx';
import { ReceiverPanel } from '../../parts/devices/receiver-panel.tsx';
import { PersonForm } from './person-form.tsx';
import { SeatForm } from './seat-form.tsx';

const kinds = ['people', 'contacts', 'cameras', 'barriers', 'helpPoints', 'community', 'seats'] as const;
type Kind = (typeof kinds)[number];

const adds = {
  people: 'addPerson',
  contacts: 'addContact',
  cameras: 'addCamera',
  barriers: 'addBarrier',
  helpPoints: 'addHelpPoint',
  community: 'setAddress',
  seats: 'changeSeat',
} as const;

interface Row {
  readonly id: string;
  readonly title: string;
  readonly facts: readonly string[];
  readonly tone?: 'bad' | 'off' | undefined;
  /** Nothing about it can be changed any more. */
  readonly done?: boolean;
}

/** The rows of one kind, in words. */
const useRows = (kind: Kind): readonly Row[] => {
  const words = useWords();
  const { t, person, camera, hm, dayTime } = words;
  const here = useSeatState((state) => state.seatId);
  const tables = useSeatState((state) => state.tables);
  const me = useSeatState((state) => state.session);
  // Whoever is to be called is shown in full where they are called.
  const phone = ({ personId, phone: whole }: PersonView): string => {
    if (whole === null) return '';
    return me?.role === 'manager' || me?.personId === personId ? whole : maskPhone(whole);
  };
  switch (kind) {
    case 'people':
      return [...tables.people.values()].map((one) => ({
        id: one.personId,
        title: person(one.personId),
        facts: [t(`role.${one.role}`), phone(one), ...(one.active ? [] : [t('people.left')])],
        tone: one.active ? undefined : 'off',
      }));
    case 'contacts':
      return sorted<'contacts'>(tables.contacts, (one) => one.rank).map((one) => ({
        id: one.contactId,
        title: `${one.rank}. ${one.name ?? t('common.notShown')}`,
        facts: [t(`contactRole.${one.role}`), one.phone ?? t('common.notShown')],
      }));
    case 'cameras':
      return sorted<'cameras'>(tables.cameras, (one) => one.number).map((one) => ({
        id: one.cameraId,
        title: camera(one.cameraId),
        facts: [one.place, t(`camera.state.${one.state}`, { time: hm(one.since) })],
        tone: one.state === 'live' ? undefined : 'bad',
      }));
    case 'barriers':
      return [...tables.barriers.values()].map((one) => ({
        id: one.barrierId,
        title: one.name,
        facts: [camera(one.cameraId), t(`gate.position.${one.position}`)],
      }));
    case 'helpPoints':
      return [...tables.helpPoints.values()].map((one) => ({
        id: one.helpPointId,
        title: one.place,
        facts: [
          one.residentName ?? t('alarm.resident'),
          one.phone ?? '',
          one.family ?? '',
          one.keyHolder === null ? '' : t('people.keyHolder', { who: one.keyHolder }),
          one.cameraIds.map((id) => camera(id)).join(t('common.listComma')),
        ],
      }));
    case 'seats':
      return sorted<'seats'>(tables.seats, (one) => one.recordedAt).map((one) => ({
        id: one.seatId,
        title: one.name ?? t('seat.unnamed'),
        facts: [
          t(`seat.kind.${one.kind}`),
          one.postId === monitoringRoom ? '' : postName(one.postId, words),
          one.seatId === here ? t('seat.thisOne') : t('seat.since', { time: dayTime(one.recordedAt) }),
          one.revokedAt === null ? '' : t('seat.revoked', { time: dayTime(one.revokedAt) }),
        ],
        tone: one.revokedAt === null ? undefined : 'off',
        done: one.revokedAt !== null,
      }));
    case 'community':
      return [...tables.community].map(([id, one]) => ({
        id,
        title: one.name,
        facts: [
          one.street ?? t('address.noStreet'),
          one.entrance ?? t('address.noEntrance'),
          one.callBack ?? t('address.noCallBack'),
        ],
      }));
  }
};

const Form = ({
  kind,
  id,
  onClose,
  onSaved,
}: {
  readonly kind: Kind;
  readonly id: string | null;
  readonly onClose: () => void;
  readonly onSaved: (sentence: string) => void;
}): ReactNode => {
  const tables = useSeatState((state) => state.tables);
  const key = id ?? 'new';
  switch (kind) {
    case 'people':
      return <PersonForm key={key} row={tables.people.get(key) ?? null} onClose={onClose} tellSaved={onSaved} />;
    case 'contacts':
      return <ContactForm key={key} row={tables.contacts.get(key) ?? null} onClose={onClose} />;
    case 'cameras':
      return <CameraForm key={key} row={tables.cameras.get(key) ?? null} onClose={onClose} />;
    case 'barriers':
      return <BarrierForm key={key} row={tables.barriers.get(key) ?? null} onClose={onClose} />;
    case 'helpPoints':
      return <HelpPointForm key={key} row={tables.helpPoints.get(key) ?? null} onClose={onClose} />;
    case 'seats': {
      const row = tables.seats.get(key);
      return row === undefined ? null : <SeatForm key={key} row={row} onClose={onClose} />;
    }
    case 'community':
      return <AddressForm key={key} row={tables.community.get(key) ?? null} onClose={onClose} />;
  }
};

/** Who works here, whom to call, and what hangs on the walls: seen by all, changed by managers. */
export const PeopleScreen = (): ReactNode => {
  const { t } = useWords();
  const whyNot = useWhyNot();
  const [kind, setKind] = useState<Kind>('people');
  const [editing, setEditing] = useState<{ readonly id: string | null } | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const rows = useRows(kind);
  const why = whyNot(adds[kind]);
  const close = (): void => setEditing(null);
  return (
    <Screen name="people" title={t('people.title')} lead={t('people.lead')}>
      <div className="tabs" role="group" aria-label={t('people.which')}>
        {kinds
          .filter((one) => one !== 'seats' || whyNot('changeSeat') === null)
          .map((one) => (
            <Button
              key={one}
              action={`show-${one}`}
              label={t(`people.kind.${one}`)}
              pressed={one === kind}
              onPress={() => {
                setKind(one);
                setSaved(null);
                close();
              }}
            />
          ))}
        <span className="tabs-gap" />
        {kind !== 'community' && kind !== 'seats' && (
          <Button
            action={`new-${kind}`}
            look="primary"
            label={t(`people.add.${kind}`)}
            why={why}
            onPress={() => setEditing({ id: null })}
          />
        )}
      </div>
      {kind === 'helpPoints' && editing === null && <ReceiverPanel />}
      {editing !== null && <Form kind={kind} id={editing.id} onClose={close} onSaved={setSaved} />}
      {editing === null && saved !== null && (
        <p className="notice" role="status" data-saved>
          {saved}
        </p>
      )}
      {rows.length === 0 && editing === null && <Empty title={t(`people.none.${kind}`)}>{t('people.noneNext')}</Empty>}
      <ul className="rows">
        {rows.map((row) => (
          <li key={row.id} className="row" data-row={row.id} data-tone={row.tone}>
            <div>
              <strong>{row.title}</strong>
              <p className="facts">{row.facts.filter((fact) => fact !== '').join(' · ')}</p>
            </div>
            {why === null && row.done !== true && (
              <Button
                action={`edit-${kind}`}
                size="small"
                label={t('common.edit')}
                name={t('people.editOne', { name: row.title })}
                onPress={() => setEditing({ id: row.id })}
              />
            )}
          </li>
        ))}
      </ul>
    </Screen>
  );
};
