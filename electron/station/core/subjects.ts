/** Whose key each personal field is sealed under. A visit has a subject of its own, so that forgetting it touches nothing else. */
export const subjects = {
  visit: (visitId: string): string => `visit:${visitId}`,
  person: (personId: string): string => `person:${personId}`,
  contact: (contactId: string): string => `contact:${contactId}`,
  resident: (helpPointId: string): string => `resident:${helpPointId}`,
  /** What is kept of one call for help. */
  incident: (incidentId: string): string => `incident:${incidentId}`,
  /** Strangers who merely pass are sealed under the key of their day, `YYYY-MM-DD` in the community's zone: a key each would be a list of them. */
  day: (date: string): string => `day:${date}`,
  /** The addresses of a camera: makers put passwords into them. */
  device: (cameraId: string): string => `device:${cameraId}`,
  /** Free text of a command: it may name anybody, and can be forgotten by itself. */
  note: (commandId: string): string => `note:${commandId}`,
  /** The station's own: the key of the fingerprints, the recovery code in a stored answer. */
  station: (name: string): string => `station:${name}`,
} as const;
