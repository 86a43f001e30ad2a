import type { ReactNode } from 'react';
import type { IncidentView } from '../../../electron/contract/views.schema.ts';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { TextField } from '../../kit/field.tsx';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../seat/use-words.ts';
import { createDraft } from '../../seat/draft.ts';
import { useSeatState } from '../../seat/seat-context.tsx';

const useReviewDraft = createDraft('');

const Review = ({ incident }: { readonly incident: IncidentView }): ReactNode => {
  const { t, dayTime, person } = useWords();
  const place = useSeatState((state) => state.tables.helpPoints.get(incident.sourceId)?.place ?? null);
  const sender = useSender();
  const [note, setNote] = useReviewDraft(incident.incidentId);
  const why = note.trim() === '' ? t('note.writeFirst') : null;
  return (
    <li className="row" data-review={incident.incidentId}>
      <div>
        <strong>{t('takeover.helpAt', { place: place ?? t('alarm.somewhere') })}</strong>
        <p className="facts">
          {incident.resolvedAt !== null && dayTime(incident.resolvedAt)} · {person(incident.resolvedBy)} ·{' '}
          {incident.resolution !== null && t(`resolution.${incident.resolution}`)}
          {incident.resolutionNote !== null && ` · ${incident.resolutionNote}`}
        </p>
        <RefusalNote refusal={sender.refusal} />
      </div>
      <form
        className="form-row"
        onSubmit={(event) => {
          event.preventDefault();
          if (why === null) void sender.send('reviewIncident', { incidentId: incident.incidentId, note });
        }}
      >
        <TextField
          label={t('review.note')}
          name="reviewNote"
          value={note}
          maxLength={500}
          onChange={(text) => setNote(() => text)}
        />
        <Button action="reviewIncident" submit label={t('review.done')} why={why} busy={sender.busy} />
      </form>
    </li>
  );
};

/** Incidents that were closed and that no manager has looked at yet. */
export const Reviews = (): ReactNode => {
  const { t } = useWords();
  const incidents = useSeatState((state) => state.tables.incidents);
  const whyNot = useWhyNot();
  const waiting = [...incidents.values()].filter((incident) => incident.work === 'resolved');
  if (waiting.length === 0 || whyNot('reviewIncident') !== null) return null;
  return (
    <section className="card" aria-label={t('review.title')}>
      <h3>
        {t('review.title')} <span className="count">{waiting.length}</span>
      </h3>
      <ul className="rows">
        {waiting.map((incident) => (
          <Review key={incident.incidentId} incident={incident} />
        ))}
      </ul>
    </section>
  );
};
