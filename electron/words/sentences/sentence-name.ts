/** `v1.AlarmRaised` → `AlarmRaised`: the sentence's name in the catalogue does not change with the version. */
export const sentenceName = (type: string): string => type.replace(/^v\d+\./, '');
