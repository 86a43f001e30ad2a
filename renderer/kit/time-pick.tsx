import type { ReactNode } from 'react';
import { Select } from './field.tsx';
import { useWords } from '../seat/use-words.ts';

const DAY_MS = 86_400_000;
/** Two weeks from today, and the morning after the last night of them. */
const DAYS_AHEAD = 16;
const halfHours = Array.from(
  { length: 48 },
  (_, index) => `${String(Math.floor(index / 2)).padStart(2, '0')}:${index % 2 === 0 ? '00' : '30'}`,
);

const withKept = (options: readonly string[], kept: string): string[] => [...new Set([...options, kept])].toSorted();

export interface TimePickProps {
  readonly label: string;
  readonly name: string;
  /** UTC milliseconds. */
  readonly value: number;
  /** The first day offered is this one's. */
  readonly fromMs: number;
  readonly onChange: (value: number) => void;
}

/** A day by its name and a time to the half hour: two lists in the seat's own language, where the browser's date field speaks the browser's. */
export const TimePick = ({ label, name, value, fromMs, onChange }: TimePickProps): ReactNode => {
  const { t, toInput, fromInput, weekday, day } = useWords();
  const [date = '', time = ''] = toInput(value).split('T', 2);
  const dates = withKept(
    Array.from({ length: DAYS_AHEAD }, (_, index) => toInput(fromMs + index * DAY_MS).slice(0, 10)),
    date,
  );
  const set = (newDate: string, newTime: string): void => onChange(fromInput(`${newDate}T${newTime}`) ?? value);
  const named = (text: string): string => {
    const noon = fromInput(`${text}T12:00`) ?? value;
    return `${weekday(noon)} ${day(noon)}`;
  };
  return (
    <div className="time-pick" role="group" aria-label={label}>
      <Select
        label={label}
        name={name}
        value={date}
        options={dates.map((option) => ({ value: option, label: named(option) }))}
        onChange={(chosen) => set(chosen, time)}
      />
      <Select
        label={t('time.clock')}
        name={`${name}Time`}
        value={time}
        options={withKept(halfHours, time).map((option) => ({ value: option, label: option }))}
        onChange={(chosen) => set(date, chosen)}
      />
    </div>
  );
};
