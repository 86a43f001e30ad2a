import { useState, type ReactNode } from 'react';
import { Button } from '../../kit/button.tsx';
import { useSender } from '../../kit/command.ts';
import { RefusalNote } from '../../kit/notices.tsx';
import { useWhyNot } from '../../kit/permission.ts';
import { useWords } from '../../seat/use-words.ts';
import { useSeatState } from '../../seat/seat-context.tsx';

/** Said while the station's own sounder sounds, with the way to quieten it. */
export const SirenStrip = (): ReactNode => {
  const { t } = useWords();
  const sounding = useSeatState((state) => state.health?.sounder === 'sounding');
  const [asked, setAsked] = useState(false);
  const sender = useSender();
  const whyNot = useWhyNot();
  if (!sounding) return null;
  return (
    <div className="siren-strip" data-without-keys="low" data-without-hints="low" role="status">
      <p>{t('siren.sounding')}</p>
      <Button
        action="silenceSiren"
        look="urgent"
        shortcut={{ key: 's', says: 'keys.silence', scope: 'noFields' }}
        label={t('siren.silence')}
        hint={t('siren.silenceHint')}
        busy={sender.busy}
        why={whyNot('silenceSiren')}
        onPress={() => {
          setAsked(true);
          void sender.send('silenceSiren', {});
        }}
      />
      {asked && <RefusalNote refusal={sender.refusal} />}
    </div>
  );
};
