import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { Button } from '../../kit/button.tsx';
import { useWords } from '../../seat/use-words.ts';
import { openAlarms } from '../../store/selectors.ts';
import { useSeat, useSeatState } from '../../seat/seat-context.tsx';
import { alarmSentence } from '../../parts/alarms/alarm-sentence.ts';
import { callsToEverybody, QUIET_MS, unattended } from './life.rules.ts';

/** What a seat lets be heard: the repeated sound for life while it calls for somebody, two notes for any other new alarm, and the
 * sentence of a new alarm for life, read aloud. */
export const AlarmVoice = (): ReactNode => {
  const words = useWords();
  const { sounds, speech } = useSeat();
  const tables = useSeatState((state) => state.tables);
  const [quiet, setQuiet] = useState(false);
  const heard = useRef<Set<string> | null>(null);
  const called = useRef<Set<string> | null>(null);
  const open = useMemo(() => openAlarms(tables.alarms), [tables.alarms]);
  const calling = open.some((alarm) =>
    unattended(alarm, alarm.incidentId === null ? null : (tables.incidents.get(alarm.incidentId) ?? null)),
  );
  const sound = calling && !quiet;

  // By this page's own time: the station's clock stands still when the station does, and a call for help must be heard again all the same.
  useEffect(() => {
    if (!quiet) return undefined;
    const timer = setTimeout(() => setQuiet(false), QUIET_MS);
    return () => clearTimeout(timer);
  }, [quiet]);

  useEffect(() => {
    sounds.life(sound);
  }, [sounds, sound]);
  useEffect(() => () => sounds.life(false), [sounds]);

  useEffect(() => {
    const known = heard.current;
    const fresh = open.filter((alarm) => known?.has(alarm.alarmId) !== true);
    heard.current = new Set(open.map((alarm) => alarm.alarmId));
    // What was open before this page was opened is on screen; only what is new is said.
    if (known === null) return;
    const life = fresh.find((alarm) => alarm.priority === 'life');
    if (life !== undefined) {
      setQuiet(false);
      if (sounds.heardHere()) speech.say(alarmSentence(life, tables, words), words.lang);
    } else if (fresh.length > 0) sounds.play('attention');
  }, [open, sounds, speech, tables, words]);

  // Nobody has acted for minutes: a seat that was muted sounds again, and says once more whose call it is.
  useEffect(() => {
    const known = called.current;
    const calls = callsToEverybody(tables.incidents.values());
    called.current = new Set(calls);
    const fresh = calls.find((call) => known?.has(call) !== true);
    const alarm = open.find(({ incidentId }) => incidentId !== null && fresh?.startsWith(`${incidentId} `) === true);
    if (known === null || alarm === undefined) return;
    setQuiet(false);
    if (sounds.heardHere()) speech.say(alarmSentence(alarm, tables, words), words.lang);
  }, [open, sounds, speech, tables, words]);

  // A seat that is muted says so.
  if (calling && quiet) return <p className="quiet-note">{words.t('siren.quietNow')}</p>;
  if (!sound) return null;
  return (
    <Button
      action="quietHere"
      look="urgent"
      shortcut={{ key: 'q', says: 'keys.quietHere', scope: 'noFields' }}
      size="small"
      label={words.t('siren.quietHere')}
      onPress={() => setQuiet(true)}
    />
  );
};
