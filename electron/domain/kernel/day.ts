const DAY_MS = 86_400_000;

const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');

/**
 * The date of an instant as `YYYY-MM-DD`, in the Gregorian calendar (the inverse of `daysSince1970`; same source). `offsetMs`: how far the
 * zone is ahead of UTC then. From the year 0 on.
 */
export const dayOf = (atMs: number, offsetMs = 0): string => {
  const fromMarch0 = Math.floor((atMs + offsetMs) / DAY_MS) + 719_468;
  const era = Math.floor(fromMarch0 / 146_097);
  const dayOfEra = fromMarch0 - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
};

/** The month of an instant as `YYYY-MM`, UTC. They sort as they follow each other. */
export const monthOf = (atMs: number): string => dayOf(atMs).slice(0, 7);
