/** What somebody on the phone list is to the community: a short list, so that a volunteer finds whom to call without knowing names. */
export const contactRoles = [
  'family',
  'neighbour',
  'keyHolder',
  'patrol',
  'property',
  'gridWorker',
  'doctor',
  'hospital',
  'ambulance',
  'police',
  'fire',
  'locksmith',
  'other',
] as const;
export type ContactRole = (typeof contactRoles)[number];

/** Numbers that are the same in the whole country. */
export const publicNumbers: Partial<Readonly<Record<ContactRole, string>>> = {
  ambulance: '120',
  police: '110',
  fire: '119',
};
